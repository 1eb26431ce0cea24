import cors from 'cors';
import type { Middleware } from './middleware.ts';

/** What `httpNodeCors` may be: the options of the `cors` package, or a function that gives them. */
export type CorsSetting = Parameters<typeof cors>[0];

/** A handler that does for hooks what `httpNodeCors` makes Node-RED do for its own routes (Fetch Standard, CORS protocol). */
export const corsMiddleware = (setting: CorsSetting): Middleware => cors(setting);
