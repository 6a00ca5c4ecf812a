/** The people of the benchmark's city in the tables of an engine, written by the store's own encoders, many at once. */
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { RequestRecord } from '@time-bank/care/request';
import type { Piece } from '@time-bank/store/piece';
import { memberPieces } from '@time-bank/store/people-pieces';
import type { IdMaker } from '@time-bank/contracts/ids';
import type { FreeTime, Member } from '@time-bank/contracts/member';
import type { Instant } from '@time-bank/contracts/time';
import type { PlanVisit, PlanVolunteer } from '@time-bank/matching/week-problem';
import type { Connection } from '@time-bank/store/client';
import { carePiece } from '@time-bank/store/request-item';
import { papers } from '../../papers.ts';
import { testVault } from '../../vault.ts';

const DAY_MINUTES = 1440;
const BATCH = 25;
/** Batches on their way at once: the engine has a core of its own. */
const AT_ONCE = 8;

const freeTimesOf = ({ free }: PlanVolunteer): FreeTime[] =>
  free.map(({ fromMinute, toMinute }) => ({
    weekday: Math.floor(fromMinute / DAY_MINUTES) + 1,
    fromMinute: fromMinute % DAY_MINUTES,
    toMinute: toMinute - Math.floor(fromMinute / DAY_MINUTES) * DAY_MINUTES,
  }));

/** A volunteer of the town as a person: checked and trained where they have papers at all. */
export const volunteerMember = (ids: IdMaker, volunteer: PlanVolunteer): Member => ({
  memberId: ids.member(),
  name: '王试',
  birthDate: '1962-03-08',
  gender: volunteer.gender,
  communityCode: volunteer.communityCode,
  address: '1号楼',
  ...(volunteer.point === undefined ? {} : { point: volunteer.point }),
  languages: [...volunteer.languages],
  roles: [{ role: 'volunteer', region: volunteer.communityCode }],
  skills: [],
  freeTimes: freeTimesOf(volunteer),
  ...(volunteer.services.size === 0 ? {} : { volunteering: papers }),
});

/** An elder of the town as a person who receives help. */
export const elderMember = (
  ids: IdMaker,
  { communityCode, point, wishes, musts }: Omit<PlanVisit, 'visitKey'>,
): Member => ({
  memberId: ids.member(),
  name: '李试',
  birthDate: '1941-03-08',
  gender: 'female',
  communityCode,
  address: '2号楼',
  ...(point === undefined ? {} : { point }),
  languages: [...wishes.languages, ...musts.languages],
  roles: [{ role: 'resident', region: communityCode }],
  skills: [],
  freeTimes: [],
  livingSituation: 'alone',
  abilityLevel: 1,
});

const putsOf = (pieces: readonly Piece[]) =>
  pieces.flatMap(({ item: { Put } }) =>
    Put?.TableName === undefined || Put.Item === undefined ? [] : [{ table: Put.TableName, item: Put.Item }],
  );

type Written = ReturnType<typeof putsOf>[number];

const writeBatch = async ({ client }: Connection, batch: readonly Written[]): Promise<void> => {
  const byTable = Map.groupBy(batch, ({ table }) => table);
  let left = Object.fromEntries(
    [...byTable].map(([table, of]) => [table, of.map(({ item }) => ({ PutRequest: { Item: item } }))]),
  );
  while (Object.keys(left).length > 0) {
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: left }));
    left = Object.fromEntries(
      Object.entries(UnprocessedItems ?? {}).map(([table, requests]) => [
        table,
        requests.flatMap(({ PutRequest }) =>
          PutRequest?.Item === undefined ? [] : [{ PutRequest: { Item: PutRequest.Item } }],
        ),
      ]),
    );
  }
};

/** Writes what was planned many items at a time, without asking whether something is there. */
const writeAll = async <T>(
  connection: Connection,
  given: readonly T[],
  piecesOf: (one: T) => Piece[],
): Promise<void> => {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < given.length) {
      const some = given.slice(next, next + BATCH);
      next += BATCH;
      const puts = some.flatMap((one) => putsOf(piecesOf(one)));
      for (let from = 0; from < puts.length; from += BATCH) {
        await writeBatch(connection, puts.slice(from, from + BATCH));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** Enters people with what leads to them, as `people.addMember` does; without accounts and without a row on a board. */
export const enterPeople = (connection: Connection, members: readonly Member[], at: Instant): Promise<void> =>
  writeAll(connection, members, (member) => {
    const { memberId } = member;
    const person = { naturalKey: memberId, fingerprint: memberId, member, at };
    return memberPieces(connection.tables, testVault, person).filter(
      ({ item }) => item.Put?.TableName === connection.tables.care,
    );
  });

/** Enters requests as they are. */
export const enterRequests = (connection: Connection, requests: readonly RequestRecord[]): Promise<void> =>
  writeAll(connection, requests, (request) => [
    carePiece(connection.tables.care, testVault, { change: 'put_request', request }),
  ]);
