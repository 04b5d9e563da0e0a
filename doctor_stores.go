package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"parley/internal/session"
	"parley/internal/store"
)

// checkDatabase leaves an SQLite file to the gateway, since opening it migrates
// it.
func (s settings) checkDatabase(ctx context.Context) error {
	if !s.postgres() {
		return errEmbedded
	}
	database, err := openStore(ctx, s)
	if err == nil {
		err = errors.Join(database.Ready(ctx), database.Close())
	}
	return ails(err, "%s", mendDatabase(err))
}

// mendDatabase tells PostgreSQL's refusals by their SQLSTATE (PostgreSQL
// documentation, appendix A).
func mendDatabase(err error) string {
	var refused interface{ SQLState() string }
	var unreachable net.Error
	switch {
	case errors.Is(err, store.ErrSchema):
		return "Run parley migrate with the same settings, once for all nodes."
	case errors.Is(err, store.ErrSecret):
		return "Give every node the PARLEY_SECRET_KEY that this database was sealed under; there is no way in without it. While it is being replaced, the earlier one belongs into PARLEY_OTHER_SECRET_KEYS."
	case errors.Is(err, store.ErrLookup):
		return "Set PARLEY_LOOKUP_KEY to what it was, or to the secret key's predecessor that it was derived from: parley keys rotate --help."
	case errors.As(err, &refused):
		switch refused.SQLState() {
		case "28P01", "28000":
			return "Correct the user or the password in PARLEY_DATABASE_URL, or let that user in by pg_hba.conf."
		case "3D000":
			return "Create the database that PARLEY_DATABASE_URL names, or name another; then parley migrate."
		case "42501":
			return "Grant the user of PARLEY_DATABASE_URL the rights to the tables."
		case "53300":
			return "Raise PostgreSQL's max_connections, or lower PARLEY_DATABASE_CONNECTIONS: nodes × connections must fit."
		}
		return "Look the code up in PostgreSQL's documentation, appendix A, and in the server's log."
	case errors.As(err, &unreachable), errors.Is(err, context.DeadlineExceeded):
		return "Start PostgreSQL, or correct host and port in PARLEY_DATABASE_URL, or let this machine through the firewall."
	default:
		return "Correct PARLEY_DATABASE_URL: postgres://USER:PASSWORD@HOST:5432/DATABASE."
	}
}

func (s settings) checkRedis(ctx context.Context) error {
	switch {
	case s.RedisURL == "" && s.postgres():
		return ails(errors.New("PARLEY_DATABASE_URL needs PARLEY_REDIS_URL beside it"), "Set PARLEY_REDIS_URL to a Redis that all nodes share.")
	case s.RedisURL == "":
		return errEmbedded
	}
	client, err := session.Connect(s.RedisURL)
	if err != nil {
		return ails(err, "Correct PARLEY_REDIS_URL: redis://:PASSWORD@HOST:6379/0.")
	}
	err = client.Ping(ctx).Err()
	_ = client.Close()
	var unreachable net.Error
	if errors.As(err, &unreachable) || errors.Is(err, context.DeadlineExceeded) {
		return ails(err, "Start Redis, or correct host and port in PARLEY_REDIS_URL. Nothing needs restoring: it holds copies and counters.")
	}
	return ails(err, "Redis refuses: correct user and password in PARLEY_REDIS_URL, or wait while it loads.")
}

// mostApart is how far clocks may be from one another. A lease is 30 seconds, and
// which of two turns came first is told by the clock.
const mostApart = 2 * time.Second

// checkClocks compares this machine's clock with those of the stores' machines.
func (s settings) checkClocks(ctx context.Context, now func() time.Time) error {
	if !s.postgres() || s.RedisURL == "" {
		return errEmbedded
	}
	var faults []error
	if database, err := openStore(ctx, s); err == nil {
		var micros int64
		row := database.Writer().QueryRowContext(ctx, "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)")
		if err := row.Scan(&micros); err == nil {
			faults = append(faults, apart("PostgreSQL", time.UnixMicro(micros), now()))
		}
		_ = database.Close()
	}
	if client, err := session.Connect(s.RedisURL); err == nil {
		if there, err := client.Time(ctx).Result(); err == nil {
			faults = append(faults, apart("Redis", there, now()))
		}
		_ = client.Close()
	}
	return errors.Join(faults...) // what cannot be reached is told of as itself
}

func apart(whose string, there, here time.Time) error {
	by := here.Sub(there)
	if by.Abs() <= mostApart {
		return nil
	}
	return ails(fmt.Errorf("this machine's clock is %s from that of %s", by.Round(time.Millisecond), whose),
		"Have both machines keep time by NTP (timedatectl set-ntp true), and look which one is wrong.")
}

// leastRoom is how much a disk must have left, in bytes.
const leastRoom = 1 << 30

// checkDisk looks at every folder that the gateway writes to.
func (s settings) checkDisk(least uint64) error {
	folders := map[string]string{"PARLEY_EVIDENCE_DIR": s.EvidenceDir, "PARLEY_LETTERS_DIR": s.LettersDir}
	if !s.postgres() || s.EvidenceDir == "" {
		folders["PARLEY_DATA_DIR"] = s.DataDir
	}
	var faults []error
	for _, setting := range []string{"PARLEY_DATA_DIR", "PARLEY_EVIDENCE_DIR", "PARLEY_LETTERS_DIR"} {
		if folder := folders[setting]; folder != "" {
			faults = append(faults, checkFolder(setting, folder, least))
		}
	}
	return errors.Join(faults...)
}

// checkFolder tries to write, and looks how much room there is. A folder that is
// not there yet is made by the gateway: what it lies in counts.
func checkFolder(setting, folder string, least uint64) error {
	there := filepath.Clean(folder)
	for there != filepath.Dir(there) {
		if _, err := os.Lstat(there); !errors.Is(err, os.ErrNotExist) {
			break
		}
		there = filepath.Dir(there)
	}
	trial, err := os.CreateTemp(there, ".parley-doctor-*")
	if err != nil {
		return ails(err, "Let the gateway's user write to the folder of %s, or name another.", setting)
	}
	_ = trial.Close()
	if err := os.Remove(trial.Name()); err != nil {
		return err
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(there, &disk); err != nil {
		return err
	}
	if room := disk.Bavail * uint64(disk.Bsize); room < least {
		return ails(fmt.Errorf("%s has %d MB left", folder, room>>20),
			"Make room on the disk of %s, or give it a larger one: below %d MB files and turns are soon refused.", setting, least>>20)
	}
	return nil
}
