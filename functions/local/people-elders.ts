/**
 * An elder's file as columns of a list of people. Of several assessments the newest alone is written; whom not to send
 * names people by their ids and stays out.
 */
import {
  Assessment,
  ElderFile,
  EmergencyContact,
  HardshipTag,
  TagGrant,
  VisitTier,
} from '@time-bank/contracts/elder-file';
import * as z from 'zod/mini';
import { type Column, type cellsReader, plain, unreadable } from './csv-table.ts';
import {
  type Reader,
  abilityWords,
  dayIn,
  known,
  listReader,
  periodText,
  readLevel,
  readPaperDate,
  recordsReader,
  recordsText,
  splitPeriod,
  tagWords,
  textReader,
  tierWords,
  wordOf,
  wordReader,
} from './people-words.ts';

/** The columns of an elder's file. */
export type ElderColumn =
  | 'tags'
  | 'assessedLevel'
  | 'assessedBy'
  | 'standard'
  | 'score'
  | 'assessedOn'
  | 'assessedUntil'
  | 'wishes'
  | 'homeNotes'
  | 'contacts'
  | 'visitTier';

const mayBeAbsent = true;
/** The columns, in the order in which they are written. */
export const elderColumns: readonly Column<ElderColumn>[] = [
  { key: 'tags', heading: '困难标签', also: ['tags'], mayBeAbsent },
  { key: 'assessedLevel', heading: '评估等级', also: ['assessed level'], mayBeAbsent },
  { key: 'standard', heading: '评估标准', also: ['standard'], mayBeAbsent },
  { key: 'score', heading: '评估分数', also: ['score'], mayBeAbsent },
  { key: 'assessedOn', heading: '评估日期', also: ['assessed on'], mayBeAbsent },
  { key: 'assessedUntil', heading: '评估有效期至', also: ['assessed until'], mayBeAbsent },
  { key: 'assessedBy', heading: '评估人', also: ['assessor'], mayBeAbsent },
  { key: 'wishes', heading: '心愿', also: ['wishes'], mayBeAbsent },
  { key: 'homeNotes', heading: '居家备注', also: ['home notes'], mayBeAbsent },
  { key: 'contacts', heading: '紧急联系人', also: ['emergency contacts'], mayBeAbsent },
  { key: 'visitTier', heading: '探访等级', also: ['visit tier'], mayBeAbsent },
];

const readTagWord = wordReader(HardshipTag, tagWords, 'unknown_tag', '困难标签');
const readTag: Reader<TagGrant> = (text) => {
  const { head, from, until } = splitPeriod(text);
  const tag = readTagWord(head);
  if (!('value' in tag)) return tag;
  const read = TagGrant.safeParse(known({ tag: tag.value, from: dayIn(from), until: dayIn(until) }));
  return read.success
    ? { value: read.data }
    : unreadable('bad_tag', '困难标签要写自哪天起，如“低保 自2026-01-01 至2026-12-31”。');
};
const readScore: Reader<number> = (text) => {
  const score = /^\d{1,3}$/.test(plain(text)) ? Number(plain(text)) : Number.NaN;
  return score <= 200 ? { value: score } : unreadable('bad_score', '评估分数应是 0 到 200 的整数。');
};
const readContacts = recordsReader(
  EmergencyContact,
  ([name = '', relation = '', phone = '', ...more]) => ({
    name,
    relation,
    phone: more.length > 0 ? '' : phone,
  }),
  unreadable('bad_contact', '紧急联系人写法不对，请写成“姓名/关系/电话”，多人用分号隔开。'),
);
const { wishes: Wishes, homeNotes: HomeNotes } = z.required(ElderFile).shape;
/** Text that may have line breaks. */
const notesReader =
  (schema: z.ZodMiniType<string | undefined>): Reader<string> =>
  (text) =>
    schema.safeParse(text).success
      ? { value: text }
      : unreadable('text_too_long', '这一格太长，最多 200 个字。');
const readers = {
  tags: listReader(readTag),
  standard: textReader(Assessment.shape.standard),
  assessor: textReader(Assessment.shape.assessor),
  wishes: notesReader(Wishes),
  homeNotes: notesReader(HomeNotes),
  visitTier: wordReader(VisitTier, tierWords, 'unknown_visit_tier', '探访等级'),
};

type Cells = ReturnType<typeof cellsReader<ElderColumn>>;

const readAssessment = ({ optional, tell, problems }: Cells): Assessment | undefined => {
  const before = problems.length;
  const level = optional('assessedLevel', readLevel);
  const standard = optional('standard', readers.standard);
  const score = optional('score', readScore);
  const on = optional('assessedOn', readPaperDate);
  const until = optional('assessedUntil', readPaperDate);
  const assessor = optional('assessedBy', readers.assessor);
  if (level !== undefined && standard !== undefined && on !== undefined && assessor !== undefined) {
    const bounds = { ...(score === undefined ? {} : { score }), ...(until === undefined ? {} : { until }) };
    return { level, standard, on, assessor, ...bounds };
  }
  const isAnything = [level, standard, score, on, until, assessor].some((value) => value !== undefined);
  if (problems.length === before && isAnything) {
    tell(
      'assessedLevel',
      unreadable('half_an_assessment', '评估等级、评估标准、评估日期和评估人要一起填，或都不填。'),
    );
  }
  return undefined;
};

/** An elder's file; undefined where nothing of it was written. */
export const readElderCells = (cells: Cells): ElderFile | undefined => {
  const { optional } = cells;
  const tags = optional('tags', readers.tags) ?? [];
  const assessment = readAssessment(cells);
  const wishes = optional('wishes', readers.wishes);
  const homeNotes = optional('homeNotes', readers.homeNotes);
  const emergencyContacts = optional('contacts', readContacts) ?? [];
  const visitTier = optional('visitTier', readers.visitTier);
  const isAnything =
    tags.length + emergencyContacts.length > 0 ||
    [assessment, wishes, homeNotes, visitTier].some((value) => value !== undefined);
  if (!isAnything) return undefined;
  return {
    tags,
    assessments: assessment === undefined ? [] : [assessment],
    ...(wishes === undefined ? {} : { wishes }),
    doNotPair: [],
    ...(homeNotes === undefined ? {} : { homeNotes }),
    emergencyContacts,
    ...(visitTier === undefined ? {} : { visitTier }),
  };
};

const newestOf = ({ assessments }: ElderFile): Assessment | undefined =>
  [...assessments].sort((one, other) => (one.on < other.on ? -1 : 1)).at(-1);

/** The cells of an elder's file. */
export const elderCells = (file: ElderFile | undefined): Record<ElderColumn, string> => {
  const newest = file === undefined ? undefined : newestOf(file);
  const contacts = file?.emergencyContacts ?? [];
  return {
    tags: (file?.tags ?? []).map((grant) => wordOf(tagWords, grant.tag) + periodText(grant)).join(';'),
    assessedLevel: newest === undefined ? '' : (abilityWords[newest.level]?.[0] ?? ''),
    standard: newest?.standard ?? '',
    score: newest?.score === undefined ? '' : String(newest.score),
    assessedOn: newest?.on ?? '',
    assessedUntil: newest?.until ?? '',
    assessedBy: newest?.assessor ?? '',
    wishes: file?.wishes ?? '',
    homeNotes: file?.homeNotes ?? '',
    contacts: recordsText(contacts.map(({ name, relation, phone }) => [name, relation, phone])),
    visitTier: file?.visitTier === undefined ? '' : wordOf(tierWords, file.visitTier),
  };
};
