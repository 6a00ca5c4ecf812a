/** How long the part of a call before its body may be. */
import { createMiddleware } from 'hono/factory';
import { Refused } from './refused.ts';

/** What API Gateway takes of request line and headers together; the same holds where there is no gateway. */
const HEAD_BYTES_MAX = 10_240;
/** Between a name and its value, and at the end of a line. */
const MARKS = 4;

/** Refuses: invalid_fields. */
export const limitHeaders = createMiddleware(async (c, next) => {
  const { method, url, headers } = c.req.raw;
  let bytes = method.length + url.length;
  for (const [name, value] of headers) bytes += name.length + value.length + MARKS;
  if (bytes > HEAD_BYTES_MAX)
    throw new Refused({
      code: 'invalid_fields',
      details: [{ property: 'headers', message: 'Too long: address and headers together' }],
    });
  await next();
});
