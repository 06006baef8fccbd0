package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

type note struct {
	Asked string `json:"asked"`
}

func handle(ctx context.Context, event note) (string, error) {
	return fmt.Sprintf("%s noted in %s", event.Asked, os.Getenv("STORAGE_JOBS_NAME")), nil
}

func main() {
	lambda.Start(handle)
}
