// A Socket.IO server that does what it is asked, for the tests of the runner's own client.
//
// It prints `listening on URL`, and ends when its standard input does. PING_INTERVAL, PING_TIMEOUT, MAX_PAYLOAD and
// CONNECT_TIMEOUT are its settings; NO_UPGRADE refuses every WebSocket, as some proxies do; SUITE adds what the cases of the protocol's
// own test suite talk to.

import { createServer } from "node:http";
import { Server } from "socket.io";

const number = (name, otherwise) => Number(process.env[name] ?? otherwise);

const http = createServer();
const io = new Server(http, {
  pingInterval: number("PING_INTERVAL", 25000),
  pingTimeout: number("PING_TIMEOUT", 20000),
  maxHttpBufferSize: number("MAX_PAYLOAD", 1e6),
  connectTimeout: number("CONNECT_TIMEOUT", 45000),
});
const room = io.of("/room");

room.use((socket, next) => {
  if (socket.handshake.auth.token === "good") return next();
  const error = new Error("Authentication failed");
  error.data = { code: 7 };
  next(error);
});

room.on("connection", (socket) => {
  socket.emit("welcome", { token: socket.handshake.auth.token });
  socket.conn.on("upgrade", (transport) => socket.emit("upgraded", transport.name));
  for (const echo of ["echo", "binary"]) socket.on(echo, (...values) => socket.emit(echo, ...values));
  for (const ask of ["ask", "ask binary"]) socket.on(ask, (...values) => values.pop()(...values));
  for (const question of ["question", "question binary"]) {
    socket.on(question, (value) => socket.emit("question", value, (...values) => socket.emit("answer", ...values)));
  }
  socket.on("leave", () => socket.disconnect());
  socket.on("drop", () => socket.disconnect(true));
  socket.on("transport", () => socket.emit("transport", socket.conn.transport.name));
  socket.on("ticks", (n) => tick(socket, 0, n));
});

for (const namespace of process.env.SUITE ? ["/", "/custom"] : []) {
  io.of(namespace).on("connection", (socket) => {
    socket.emit("auth", socket.handshake.auth);
    socket.on("message", (...values) => socket.emit("message-back", ...values));
    socket.on("message-with-ack", (...values) => values.pop()(...values));
  });
}

function tick(socket, at, n) {
  if (at === n) return;
  socket.emit("tick", at);
  setImmediate(tick, socket, at + 1, n);
}

if (process.env.NO_UPGRADE) {
  http.removeAllListeners("upgrade");
  http.on("upgrade", (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
}
http.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${http.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
