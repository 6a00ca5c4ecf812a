/** Every way to damage a stored item by one byte. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoredItem } from './stored.ts';

/** An item with one byte changed, and which. */
export interface Damaged {
  item: StoredItem;
  where: string;
}

function* textsOf(text: string): Generator<string> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = bytes[at]! ^ 1;
    yield changed.toString('latin1') === bytes.toString('latin1') ? text : changed.toString();
  }
}

function* valuesOf(value: AttributeValue): Generator<[AttributeValue, string]> {
  if (value.S !== undefined) {
    let at = 0;
    for (const S of textsOf(value.S)) yield [{ S }, `byte ${String(at++)}`];
  } else if (value.N !== undefined) {
    let at = 0;
    for (const N of textsOf(value.N)) yield [{ N }, `digit ${String(at++)}`];
  } else if (value.B !== undefined) {
    for (let at = 0; at < value.B.length; at += 1) {
      const B = Uint8Array.from(value.B);
      B[at] = B[at]! ^ 1;
      yield [{ B }, `byte ${String(at)}`];
    }
  } else if (value.BOOL !== undefined) {
    yield [{ BOOL: !value.BOOL }, 'the other of two'];
  } else if (value.M !== undefined) {
    for (const [M, where] of fieldsOf(value.M)) yield [{ M }, where];
  } else throw new Error(`no damage is known for ${JSON.stringify(value)}`);
}

/** Each byte of each name and of each value, one at a time. */
function* fieldsOf(fields: StoredItem): Generator<[StoredItem, string]> {
  for (const [name, value] of Object.entries(fields)) {
    const rest = Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));
    for (const renamed of textsOf(name)) yield [{ ...rest, [renamed]: value }, `name of ${name}`];
    for (const [changed, where] of valuesOf(value))
      yield [{ ...fields, [name]: changed }, `${name} ${where}`];
    yield [rest, `${name} left out`];
  }
}

/** Every byte of every name, key and value of an item changed, and every attribute left out: one at a time. */
export function* damaged(item: StoredItem): Generator<Damaged> {
  for (const [changed, where] of fieldsOf(item)) {
    yield { item: changed, where: `${item['pk']!.S!} ${item['sk']!.S!}: ${where}` };
  }
}
