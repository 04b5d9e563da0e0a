package jobs

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// quiet passes on what needs somebody's attention. At lower levels River tells
// of every batch that it has moved, and of failures, of which failures tells.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }

// failures logs jobs that failed and will be tried again.
type failures struct{ log *slog.Logger }

// HandleError implements river.ErrorHandler.
func (f failures) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.log.WarnContext(ctx, "a timer failed", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

// HandlePanic implements river.ErrorHandler. Where it happened is kept with the
// job.
func (f failures) HandlePanic(ctx context.Context, job *rivertype.JobRow, cause any, _ string) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "a timer panicked", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "error", fmt.Errorf("panic: %v", cause))
	return nil
}
