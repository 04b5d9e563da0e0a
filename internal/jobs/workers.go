package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"parley/gateway"
)

// always is more attempts than any outage takes. A conversation must not lose
// its timer, nor a message its turn.
const always = 10_000

// wake is the timer of a conversation: one job that lives as long as it does.
type wake struct {
	Conversation gateway.ConversationID `json:"conversation"`
}

// Kind implements river.JobArgs.
func (wake) Kind() string { return "wake" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (wake) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		MaxAttempts: always,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}

type wakeWorker struct {
	river.WorkerDefaults[wake]
	waker Waker
	clock func() time.Time
}

// leastSnooze keeps a conversation that is due again at once from spinning.
const leastSnooze = time.Second

// Work implements river.Worker.
func (w *wakeWorker) Work(ctx context.Context, job *river.Job[wake]) error {
	next, err := w.waker.Wake(ctx, job.Args.Conversation)
	if err != nil {
		return fmt.Errorf("waking conversation %s: %w", job.Args.Conversation, err)
	}
	if next.IsZero() {
		return nil
	}
	return river.JobSnooze(max(next.Sub(w.clock()), leastSnooze))
}

// NextRetry implements river.Worker. Nobody waits for a nudge, and one that
// never succeeds should not be in the way.
func (w *wakeWorker) NextRetry(job *river.Job[wake]) time.Time {
	return retry(job.JobRow, time.Hour)
}

// finish asks for the turn of a kept message.
type finish struct {
	Message gateway.MessageID `json:"message"`
}

// Kind implements river.JobArgs.
func (finish) Kind() string { return "finish" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (finish) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: always} }

// finishAttempts spread over 20 minutes. Then a person is to read the message:
// waiting longer would keep the parent waiting.
const finishAttempts = 25

type finishWorker struct {
	river.WorkerDefaults[finish]
	waker Waker
}

// Work implements river.Worker. A message is given up once that has succeeded,
// not before.
func (w *finishWorker) Work(ctx context.Context, job *river.Job[finish]) error {
	id := job.Args.Message
	err := w.waker.Finish(ctx, id)
	if err == nil {
		return nil
	}
	if job.Attempt < finishAttempts {
		return fmt.Errorf("finishing message %s: %w", id, err)
	}
	if err := w.waker.GiveUp(ctx, id); err != nil {
		return fmt.Errorf("giving up message %s: %w", id, err)
	}
	return nil
}

// NextRetry implements river.Worker. Somebody waits for an answer.
func (w *finishWorker) NextRetry(job *river.Job[finish]) time.Time {
	return retry(job.JobRow, time.Minute)
}

// retry is when a job that failed is tried again, by River's clock, which may not
// be the gateway's.
func retry(job *rivertype.JobRow, most time.Duration) time.Time {
	return job.AttemptedAt.Add(backoff(job.Attempt, most))
}

// backoff is how long to wait after a failed attempt, of which the first is 1:
// 1 s, 2 s, 4 s and so on, up to most.
func backoff(attempt int, most time.Duration) time.Duration {
	const doublings = 12 // 1<<12 seconds are over an hour
	return min(time.Second<<min(max(attempt-1, 0), doublings), most)
}
