"""WebSockets of Python's own library: echo.py server ADDRESS CERTIFICATE PORT... TLS:PORT... | echo.py URL [ORIGIN]"""
import asyncio
import ssl
import sys

import websockets


async def echo(connection, *_):
    async for message in connection:
        await connection.send(message)


async def server(address, certificate, ports):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    for port in ports:
        secure = port.startswith("TLS:")
        await websockets.serve(echo, address, int(port.removeprefix("TLS:")), ssl=tls if secure else None)
    await asyncio.Future()


async def client(url, origin):
    unchecked = ssl._create_unverified_context() if url.startswith("wss:") else None
    async with websockets.connect(url, origin=origin, ssl=unchecked) as connection:
        for message in ("hello", b"\0" * 300, "goodbye"):
            await connection.send(message)
            await connection.recv()


if sys.argv[1] == "server":
    asyncio.run(server(*sys.argv[2:4], sys.argv[4:]))
else:
    asyncio.run(client(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
