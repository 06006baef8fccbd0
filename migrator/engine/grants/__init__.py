"""Rights: what each principal may do on what, read from IAM documents of templates and brought into one form."""
