"""Drives the interactive shell: Chinese input, continuation, completion, Ctrl-C, history, narrow screens."""
import fcntl, os, pty, re, select, struct, sys, tempfile, termios, time

KITH = os.environ["KITH"]
STATE = tempfile.mkdtemp()
failed = False


class Desk:
    def __init__(self, columns=100, options=()):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(
                TERM="xterm-256color", LC_ALL="C.UTF-8", XDG_STATE_HOME=STATE, EDITRC="/dev/null")
            os.execv(KITH, ["kith", "--lang", "en", *options])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.wait(r"kith> $", 30)

    def wait(self, pattern, seconds=15):
        """What is drawn until the pattern stands at its end, colours and cursor moves left out."""
        seen, end = b"", time.time() + seconds
        while time.time() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    data = os.read(self.fd, 65536)
                except OSError:
                    break
                if not data:
                    break
                seen += data
            elif re.search(pattern, plain(seen)):
                break
        return plain(seen)

    def type(self, text, pattern=r"kith> $", seconds=15):
        os.write(self.fd, text.encode())
        return self.wait(pattern, seconds)

    def leaves(self):
        end = time.time() + 10
        while time.time() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    os.read(self.fd, 65536)
                except OSError:
                    pass
        return False


def plain(data):
    text = data.decode("utf-8", "replace")
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r", "")


def width(text):
    import unicodedata
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check(name, fine, shown):
    global failed
    print(("ok " if fine else "FAIL ") + "desk: " + name)
    if not fine:
        failed = True
        print(shown[-1500:])


desk = Desk()
shown = desk.type('客户 | 其中 城市 = "上海" | 计数\r')
check("Chinese is typed and answered", "│ 计数 │" in shown, shown)
desk.type("customers | where class = on_net\r")
shown = desk.type("| count\r")
check("a leading | goes on", re.search(r"2000 → \d+ → 1", shown) is not None, shown)
shown = desk.type("customers |\r", r"… $")
check("Enter opens a line while more is needed", "… " in shown, shown)
shown = desk.type("take 2\r")
check("and runs when the text is whole", "2000 → 2" in shown, shown)
shown = desk.type("customers | whe\t", r"where $")
check("Tab completes a verb", "where" in shown, shown)
shown = desk.type("\x03")
check("Ctrl-C gives a new line and does not leave", shown.endswith("kith> "), shown)
shown = desk.type('customers | where citty = "x"\r')
check("an error is drawn and the shell goes on", "did you mean 'city'?" in shown, shown)
desk.type("let n = 41\r")
shown = desk.type("n + 1\r")
check("a name is kept", "42" in shown, shown)
os.write(desk.fd, b"\x04")
check("Ctrl-D leaves", desk.leaves(), "")

desk = Desk(columns=20)
shown = desk.type("\x1b[A", r"n \+ 1$")
check("history lasts into the next start", "n + 1" in shown, shown)
desk.type("\x03")
shown = desk.type("customers | take 2\r")
rows = [line for line in shown.split("\n")[1:] if line.strip()]
check("nothing is wider than 20 columns", all(width(line) <= 20 for line in rows[2:]), shown)
os.write(desk.fd, b"\x04")
desk.leaves()

desk = Desk(options=["--write"])
desk.type("customers | take 1\r")
shown = desk.type('set customer 1 city = "北京"\r')
check("one row is written at once", "undo takes it back" in shown, shown)
shown = desk.type("undo\r")
check("undo takes back what was recorded last", "taken back" in shown, shown)
shown = desk.type("set (customers | where id <= 3) remark_x = 1\r")
check("an unknown field is an error here too", "K2104" in shown, shown)
shown = desk.type("set (customers | where id <= 3) high_risk = true\r", r"\[y/N\] $")
check("more than one row is asked for", "write this?" in shown, shown)
shown = desk.type("n\n")
check("and not written after a no", "nothing was written" in shown, shown)
shown = desk.type("set (customers | where id <= 3) high_risk = true\r", r"\[y/N\] $")
shown = desk.type("y\n")
check("and written after a yes", "undo takes it back" in shown, shown)
desk.type("customers | where id = 1\r")
desk.type("| count\r")
shown = desk.type("undo\r")
check("after a question undo is a step back", "customers | where id = 1" in shown, shown)
os.write(desk.fd, b"\x04")
desk.leaves()
sys.exit(1 if failed else 0)
