package servertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
)

// answers reports why the server at an address does not answer a question as it
// should; nil when it does.
func answers(ctx context.Context, address, question, want string) error {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer connection.Close()
	stop := context.AfterFunc(ctx, func() { connection.Close() })
	defer stop()
	if _, err := connection.Write([]byte(question)); err != nil {
		return err
	}
	answer := make([]byte, len(want))
	if _, err := io.ReadFull(connection, answer); err != nil {
		return errors.Join(ctx.Err(), err)
	}
	if string(answer) != want {
		return fmt.Errorf("%q is answered %q", question, answer)
	}
	return nil
}
