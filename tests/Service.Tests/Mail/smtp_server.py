"""A real mail server for the tests: aiosmtpd on a free port of 127.0.0.1. Prints the port, then one JSON line per message it took."""
import argparse
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

parser = argparse.ArgumentParser()
parser.add_argument("--certificate")
parser.add_argument("--tls", action="store_true")
parser.add_argument("--login")
parser.add_argument("--without", default="")
options = parser.parse_args()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        answer = {
            "nobody": "550 5.1.1 No such user here",
            "later": "451 4.3.0 Try again later",
            "policy": "550 5.7.1 Relaying denied",
        }.get(address.split("@")[0])
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or options.tls,
            "login": session.authenticated,
            "content": base64.b64encode(envelope.original_content).decode(),
        }), flush=True)
        return "250 2.0.0 Queued as TEST-1"


def authenticate(server, session, envelope, mechanism, data):
    given = f"{data.login.decode()}:{data.password.decode()}" if isinstance(data, LoginPassword) else None
    # "handled" would mean that we had answered the client ourselves.
    return AuthResult(success=given == options.login, handled=False)


async def main():
    tls = None
    if options.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate)
    loop = asyncio.get_running_loop()
    smtp = lambda: SMTP(
        Handler(), hostname="mail.test", enable_SMTPUTF8=True, loop=loop,
        tls_context=None if options.tls else tls,
        authenticator=authenticate if options.login else None,
        auth_required=bool(options.login), auth_require_tls=not options.tls,
        auth_exclude_mechanism=[m for m in options.without.split(",") if m])
    server = await loop.create_server(smtp, "127.0.0.1", 0, ssl=tls if options.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The test holds our standard input open; when the test ends, however it ends, so do we.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
