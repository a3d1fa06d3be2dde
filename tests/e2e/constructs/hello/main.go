// A Lambda function on the runtime API alone: greets whoever the event names.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	base := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		next, err := http.Get(base + "next")
		if err != nil {
			log.Fatal(err)
		}
		var event struct{ Name string }
		err = json.NewDecoder(next.Body).Decode(&event)
		next.Body.Close()
		answer, path := `"hello `+event.Name+`"`, "/response"
		if err != nil {
			answer, path = `{"errorType": "BadEvent", "errorMessage": "the event is no JSON"}`, "/error"
		}
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		posted, err := http.Post(base+id+path, "application/json", strings.NewReader(answer))
		if err != nil {
			log.Fatal(err)
		}
		posted.Body.Close()
	}
}
