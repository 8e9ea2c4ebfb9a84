"""Reads an e-mail on standard input with Python's own parser and writes what it understood as JSON."""
import base64
import email
import email.header
import email.policy
import email.utils
import json
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default)


# The newer parser of Python 3.11 leaves a space between two encoded words of a display name; RFC 2047 6.2 and the older one do not.
older = email.message_from_bytes(raw)


def mailbox(name):
    if message[name] is None:
        return None
    (address,) = message[name].addresses
    shown, bare = email.utils.parseaddr(older[name])
    assert bare == address.addr_spec
    return {"name": str(email.header.make_header(email.header.decode_header(shown))), "address": bare}


def part(p):
    body = p.get_payload(decode=True)
    return {
        "type": p.get_content_type(),
        "fileName": p.get_filename(),
        "contentId": p["Content-ID"],
        "disposition": p.get_content_disposition(),
        "text": body.decode("utf-8").replace("\r\n", "\n") if p.get_content_maintype() == "text" else None,
        "bytes": base64.b64encode(body).decode(),
    }


def defects():
    for p in message.walk():
        yield from (repr(d) for d in p.defects)
        for name, value in p.items():
            yield from (f"{name}: {d!r}" for d in value.defects)


json.dump({
    "headers": [[name, str(value)] for name, value in message.items()],
    "from": mailbox("From"),
    "to": mailbox("To"),
    "replyTo": mailbox("Reply-To"),
    "date": message["Date"].datetime.isoformat(),
    "structure": [p.get_content_type() for p in message.walk()],
    "parts": [part(p) for p in message.walk() if not p.is_multipart()],
    "defects": list(defects()),
}, sys.stdout)
