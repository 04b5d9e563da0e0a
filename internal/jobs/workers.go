package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"parley/gateway"
)

// wake is the timer of a conversation: one job that lives as long as it does.
type wake struct {
	Conversation gateway.ConversationID `json:"conversation"`
}

// Kind implements river.JobArgs.
func (wake) Kind() string { return "wake" }

// InsertOpts implements river.JobArgsWithInsertOpts: a conversation must not
// lose its timer to a long outage.
func (wake) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 10_000} }

type wakeWorker struct {
	river.WorkerDefaults[wake]
	waker Waker
	clock func() time.Time
}

// Work implements river.Worker.
func (w *wakeWorker) Work(ctx context.Context, job *river.Job[wake]) error {
	next, err := w.waker.Wake(ctx, job.Args.Conversation)
	if err != nil {
		return fmt.Errorf("waking conversation %s: %w", job.Args.Conversation, err)
	}
	if next.IsZero() {
		return nil
	}
	return river.JobSnooze(max(next.Sub(w.clock()), 0))
}

// NextRetry implements river.Worker.
func (w *wakeWorker) NextRetry(job *river.Job[wake]) time.Time { return backoff(w.clock, job.Attempt) }

// finish asks for the turn of a kept message.
type finish struct {
	Message gateway.MessageID `json:"message"`
}

// Kind implements river.JobArgs.
func (finish) Kind() string { return "finish" }

// finishAttempts spread over about a quarter of an hour. Then a person reads
// the message: waiting longer would keep the parent waiting.
const finishAttempts = 25

// InsertOpts implements river.JobArgsWithInsertOpts.
func (finish) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: finishAttempts} }

type finishWorker struct {
	river.WorkerDefaults[finish]
	waker Waker
	clock func() time.Time
}

// Work implements river.Worker.
func (w *finishWorker) Work(ctx context.Context, job *river.Job[finish]) error {
	err := w.waker.Finish(ctx, job.Args.Message)
	if err != nil && job.Attempt >= job.MaxAttempts {
		return w.waker.GiveUp(ctx, job.Args.Message)
	}
	return err
}

// NextRetry implements river.Worker.
func (w *finishWorker) NextRetry(job *river.Job[finish]) time.Time {
	return backoff(w.clock, job.Attempt)
}

// backoff waits 1 s, 2 s, 4 s and so on, up to a minute.
func backoff(clock func() time.Time, attempt int) time.Time {
	return clock().Add(min(time.Second<<min(max(attempt-1, 0), 10), time.Minute))
}
