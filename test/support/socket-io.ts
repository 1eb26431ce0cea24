/** A real socket.io server, and what its client does on the wire (Engine.IO protocol 4). */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { call } from './http.ts';

/** Attaches socket.io to a server as a dashboard does. */
export function attachSocketIo(server: HttpServer, path: string): Server {
  return new Server(server, { path });
}

/** Whether socket.io answers at this path, by polling and over a WebSocket. */
export async function reachesSocketIo(url: string, path: string): Promise<boolean> {
  const polled = await call(`${url}${path}/?EIO=4&transport=polling`);
  return (
    isHandshake(polled.text) && isHandshake(await openWebSocket(`${url}${path}/?EIO=4&transport=websocket`))
  );
}

const isHandshake = (packet: string): boolean => /^0\{"sid":/.test(packet);

function openWebSocket(url: string): Promise<string> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  return new Promise<string>((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true });
    socket.addEventListener('error', () => reject(new Error('The WebSocket was refused.')), { once: true });
  }).finally(() => socket.close());
}
