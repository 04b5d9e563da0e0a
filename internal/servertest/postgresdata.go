package servertest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// superuser is the role that owns the servers started here. They ask for no
// password: they hold test data and listen on the loopback address only.
const superuser = "parley"

// A postgres is an installed PostgreSQL.
type postgres struct {
	programs string              // the folder of its programs
	version  string              // as initdb tells it
	account  *syscall.Credential // whom to run as; nil for ourselves
}

// findPostgres finds the PostgreSQL in PATH, or the newest one where Debian
// keeps them. None is a lack.
func findPostgres() (postgres, error) {
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return postgres{}, fmt.Errorf("look for PostgreSQL: %w", err)
	}
	slices.SortFunc(folders, func(a, b string) int { return majorVersion(b) - majorVersion(a) })
	if program, err := exec.LookPath("postgres"); err == nil {
		folders = slices.Insert(folders, 0, filepath.Dir(program))
	}
	for _, folder := range folders {
		version, err := exec.Command(filepath.Join(folder, "initdb"), "--version").Output()
		if err != nil {
			continue // a client alone, or an old installation's remains
		}
		account, err := postgresAccount()
		return postgres{folder, strings.TrimSpace(string(version)), account}, err
	}
	return postgres{}, lack("postgres and initdb in PATH or /usr/lib/postgresql")
}

// majorVersion reads 15 from /usr/lib/postgresql/15/bin; 0 for another folder.
func majorVersion(folder string) int {
	version, _ := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	return version
}

// postgresAccount is whom to run PostgreSQL as: it refuses to run as root.
func postgresAccount() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		account, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("find an account to run PostgreSQL as: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("read the account %s: %w", account.Username, err)
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("read the account %s: %w", account.Username, err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// command is one of PostgreSQL's programs, to run in a folder by its account.
func (p postgres) command(folder, program string, arguments ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(p.programs, program), arguments...)
	command.Dir = folder
	command.Env = []string{"PATH=" + p.programs, "LC_ALL=C", "TZ=UTC"} // nothing of libpq's PG…
	command.SysProcAttr = &syscall.SysProcAttr{Credential: p.account}
	return command
}

// newData makes the data directory of a new server, DIR/data: a copy of one
// that initdb made earlier, which takes a tenth of initdb's time.
func (p postgres) newData(dir string) error {
	if err := p.give(dir); err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	cache, err := os.UserCacheDir()
	if err != nil {
		return p.initialise(data) // no home, no cache
	}
	pristine := filepath.Join(cache, "parley", "servertest", strings.ReplaceAll(p.version, "/", "_"))
	if _, err := os.Stat(pristine); errors.Is(err, fs.ErrNotExist) {
		if err := p.initialise(data); err != nil {
			return err
		}
		return keepCopy(data, pristine)
	}
	if err := os.CopyFS(data, os.DirFS(pristine)); err != nil {
		return fmt.Errorf("copy PostgreSQL's data: %w", err)
	}
	return p.give(data)
}

// initialise runs initdb.
func (p postgres) initialise(data string) error {
	output, err := p.command(filepath.Dir(data), "initdb", "--pgdata", data, "--username", superuser,
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync").CombinedOutput()
	if err != nil {
		return fmt.Errorf("run initdb: %w: %s", err, output)
	}
	return nil
}

// keepCopy copies a data directory, in one move so that no process ever sees
// half of one. A process that was quicker has made the same copy.
func keepCopy(data, pristine string) error {
	if err := os.MkdirAll(filepath.Dir(pristine), 0o700); err != nil {
		return fmt.Errorf("keep a copy of PostgreSQL's data: %w", err)
	}
	copied, err := os.MkdirTemp(filepath.Dir(pristine), "copying-")
	if err != nil {
		return fmt.Errorf("keep a copy of PostgreSQL's data: %w", err)
	}
	err = os.CopyFS(copied, os.DirFS(data))
	if err == nil {
		if err = os.Rename(copied, pristine); err == nil {
			return nil
		}
		if errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	if err := errors.Join(err, os.RemoveAll(copied)); err != nil {
		return fmt.Errorf("keep a copy of PostgreSQL's data: %w", err)
	}
	return nil
}

// give makes everything under a folder the property of PostgreSQL's account,
// and closes the folder to others, on which PostgreSQL insists.
func (p postgres) give(folder string) error {
	if err := os.Chmod(folder, 0o700); err != nil {
		return fmt.Errorf("give a folder to PostgreSQL: %w", err)
	}
	if p.account == nil {
		return nil
	}
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, int(p.account.Uid), int(p.account.Gid))
	})
	if err != nil {
		return fmt.Errorf("give a folder to PostgreSQL: %w", err)
	}
	return nil
}
