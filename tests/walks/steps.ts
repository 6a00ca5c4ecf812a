/** A visit as far along as a test wants it, and what stands in the tables. */
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Member } from '@time-bank/contracts/member';
import { type Town, aRequest, liveVisit } from '../town.ts';

const order = ['posted', 'accepted', 'begun', 'ended', 'settled'] as const;

interface Cast {
  coordinator?: Member;
  elder?: Member;
  volunteer?: Member;
}

/** Brings a request of an hour's company as far as `upTo`; `minutes` is how long the volunteer stays. */
export const aVisit = async (
  town: Town,
  upTo: (typeof order)[number],
  {
    minutes = 60,
    request = {},
    ...cast
  }: Cast & { minutes?: number; request?: Record<string, unknown> } = {},
) => {
  const coordinator = cast.coordinator ?? (await town.aCoordinator());
  const elder = cast.elder ?? (await town.anElder());
  const volunteer = cast.volunteer ?? (await town.aVolunteer());
  const body = aRequest(town, elder, request);
  const path = `/api/requests/${body.requestId}`;
  const ids = {
    visitId: town.ids.visit(),
    checkInId: town.ids.command(),
    checkOutId: town.ids.command(),
    transferId: town.ids.transfer(),
  };
  const steps = {
    posted: () => town.ask(coordinator, 'POST', '/api/requests', body),
    accepted: () => town.ask(volunteer, 'POST', `${path}/accept`, { visitId: ids.visitId }),
    begun: () => {
      town.setClock(body.plannedStartAt);
      return town.ask(volunteer, 'POST', `${path}/check-in`, {
        commandId: ids.checkInId,
        code: elder.visitCode,
      });
    },
    ended: () => {
      town.pass(minutes);
      return town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: ids.checkOutId });
    },
    settled: () => town.ask(elder, 'POST', `${path}/confirm`, { transferId: ids.transferId }),
  };
  for (const step of order.slice(0, order.indexOf(upTo) + 1)) {
    const answer = await steps[step]();
    if (answer.status >= 300) throw new Error(`${step}: ${JSON.stringify(answer.body)}`);
  }
  return { coordinator, elder, volunteer, body, requestId: body.requestId, path, ...ids };
};

/** A woman of 64 who has banked one hour by a visit of her own. */
export const aSaver = async (town: Town): Promise<Member> => {
  const volunteer = await town.aVolunteer();
  await liveVisit(town, { coordinator: await town.aCoordinator(), elder: await town.anElder(), volunteer });
  return volunteer;
};

/** The body of a request paid with one's own hours, an hour from now, for an hour. */
export const aRedemption = (town: Town, change: Record<string, unknown> = {}) => ({
  requestId: town.ids.request(),
  serviceCode: 'C01',
  plannedStartAt: town.soon(60),
  plannedMinutes: 60,
  wishes: { languages: [] },
  ...change,
});

/** Both tables, item by item under their keys; `without` leaves out partitions that begin so. */
export const everythingIn = async (
  { connection: { client, tables } }: Pick<Town, 'connection'>,
  without: readonly string[] = [],
): Promise<Record<string, Record<string, AttributeValue>>> => {
  const found: Record<string, Record<string, AttributeValue>> = {};
  for (const TableName of [tables.ledger, tables.care]) {
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName,
          ConsistentRead: true,
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        }),
      );
      for (const item of page.Items ?? []) {
        const partition = item['pk']?.S ?? '';
        if (without.some((start) => partition.startsWith(start))) continue;
        found[`${TableName} ${partition} ${item['sk']?.S ?? ''}`] = item;
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  return found;
};
