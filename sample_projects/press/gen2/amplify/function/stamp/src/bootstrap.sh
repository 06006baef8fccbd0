#!/bin/sh
# A runtime in shell: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-walkthrough.html
. "$LAMBDA_TASK_ROOT/stamp.sh"
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
  head=$(mktemp)
  event=$(curl -sS -D "$head" "$api/next")
  id=$(grep -i lambda-runtime-aws-request-id "$head" | tr -d '[:space:]' | cut -d: -f2)
  curl -sS -d "$(handler "$event")" "$api/$id/response"
done
