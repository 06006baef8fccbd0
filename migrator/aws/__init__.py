"""What AWS accounts say and do, through boto3: the only package that knows it. `deploy`, `fetch` and `local` use it."""
