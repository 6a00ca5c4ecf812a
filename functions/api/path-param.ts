/** A part of a path; what is not one of its kind is something that does not exist. */
import { FileId, MemberId } from '@time-bank/contracts/ids';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import { validator } from 'hono/validator';
import type * as z from 'zod/mini';
import { Refused } from './refused.ts';

/**
 * The part `name` of the path by `schema`; `keep` gives it under its name, which the typed client reads.
 * Refuses: `missing`.
 */
export const pathParam = <T, P extends Record<string, T>>(
  name: keyof P & string,
  schema: z.ZodMiniType<T>,
  missing: RefusalCode,
  keep: (value: T) => P,
) =>
  validator('param', (parts) => {
    const parsed = schema.safeParse(parts[name]);
    if (!parsed.success) throw new Refused({ code: missing });
    return keep(parsed.data);
  });

/** A person in the path and a leaf of their file under `name`. Refuses: unknown_member, unknown_file. */
export const leafParams = <P extends Record<string, string>>(
  name: keyof P & string,
  keep: (memberId: MemberId, fileId: FileId) => P,
) =>
  validator('param', (parts) => {
    const memberId = MemberId.safeParse(parts['memberId']);
    if (!memberId.success) throw new Refused({ code: 'unknown_member' });
    const fileId = FileId.safeParse(parts[name]);
    if (!fileId.success) throw new Refused({ code: 'unknown_file' });
    return keep(memberId.data, fileId.data);
  });
