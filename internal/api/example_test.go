package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"parley/gateway"
	"parley/internal/api"
)

// starter stands for a gateway.
type starter struct{ api.Gateway }

func (starter) Start(_ context.Context, r gateway.StartRequest) (gateway.Started, error) {
	fmt.Println(r.By, "starts", r.Dialog, "with", r.Person)
	return gateway.Started{Conversation: "V1", Phase: gateway.Open}, nil
}

// Another system starts a conversation.
func ExampleNew() {
	handler, err := api.New(api.Config{
		Gateway: starter{}, Tokens: map[string]string{"caseworkers": "token-1"}, Secret: []byte("a secret of thirty-two bytes, so"),
		Clock: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	request := httptest.NewRequest(http.MethodPost, "/api/v1/conversations", strings.NewReader(`{"person": "P1", "dialog": "income-change"}`))
	request.Header.Set("Authorization", "Bearer token-1")
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	fmt.Println(answer.Code, answer.Body)
	// Output:
	// caseworkers starts income-change with P1
	// 201 {"id":"V1","state":"open"}
}
