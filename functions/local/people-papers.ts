/** A volunteer's papers as columns of a list of people. Who took a step, and a guardian, are ids: they stay out. */
import * as z from 'zod/mini';
import type { Volunteering } from '@time-bank/contracts/volunteering';
import { Insurance, Licence, Training, VolunteerState } from '@time-bank/contracts/volunteering';
import { type Column, type cellsReader, unreadable } from './csv-table.ts';
import {
  dayIn,
  readPaperDate,
  recordsReader,
  recordsText,
  resultWords,
  textReader,
  volunteerWords,
  wordOf,
  wordReader,
} from './people-words.ts';

/** The columns of a volunteer's papers. */
export type PaperColumn =
  | 'volunteerState'
  | 'recordCheckedOn'
  | 'trainedOn'
  | 'stateSince'
  | 'pausedUntil'
  | 'recordResult'
  | 'recordUntil'
  | 'trainings'
  | 'licences'
  | 'insurer'
  | 'policyNumber'
  | 'insuredFrom'
  | 'insuredUntil';

const mayBeAbsent = true;
/** The columns, in the order in which they are written. */
export const paperColumns: readonly Column<PaperColumn>[] = [
  { key: 'volunteerState', heading: '志愿者状态', also: ['volunteer state'], mayBeAbsent },
  { key: 'recordCheckedOn', heading: '无犯罪记录核查日期', also: ['record checked on'], mayBeAbsent },
  { key: 'trainedOn', heading: '培训日期', also: ['trained on'], mayBeAbsent },
  { key: 'stateSince', heading: '状态日期', also: ['state since'], mayBeAbsent },
  { key: 'pausedUntil', heading: '暂停至', also: ['paused until'], mayBeAbsent },
  { key: 'recordResult', heading: '无犯罪记录核查结果', also: ['record check'], mayBeAbsent },
  { key: 'recordUntil', heading: '无犯罪记录核查有效期至', also: ['record check until'], mayBeAbsent },
  { key: 'trainings', heading: '培训记录', also: ['trainings'], mayBeAbsent },
  { key: 'licences', heading: '执照证书', also: ['licences'], mayBeAbsent },
  { key: 'insurer', heading: '保险公司', also: ['insurer'], mayBeAbsent },
  { key: 'policyNumber', heading: '保单号', also: ['policy number'], mayBeAbsent },
  { key: 'insuredFrom', heading: '保险自', also: ['insured from'], mayBeAbsent },
  { key: 'insuredUntil', heading: '保险至', also: ['insured until'], mayBeAbsent },
];

/** The course that every volunteer attends before the first visit; its minutes as most regions ask for. */
const BASE_COURSE = { course: '岗前培训', minutes: 120 };

const ResultWord = z.enum(['passed', 'failed']);
const readState = wordReader(VolunteerState, volunteerWords, 'unknown_volunteer_state', '志愿者状态');
const readResult = wordReader(ResultWord, resultWords, 'unknown_check_result', '核查结果');
const minutesIn = (text = ''): number => (/^\d{1,4}(分钟)?$/.test(text) ? Number.parseInt(text, 10) : 0);

const readTrainings = recordsReader(
  Training,
  ([course = '', minutes, on, until, ...more]) => ({
    course,
    minutes: more.length > 0 ? 0 : minutesIn(minutes),
    on: dayIn(on),
    until: dayIn(until),
  }),
  unreadable(
    'bad_training',
    '培训记录写法不对，请写成“课程/分钟/日期/有效期至”，多项用分号隔开，如“急救/60/2026-03-08”。',
  ),
);
const readLicences = recordsReader(
  Licence,
  ([name = '', number = '', from, until, ...more]) => ({
    name: more.length > 0 ? '' : name,
    number: number === '' ? undefined : number,
    from: dayIn(from),
    until: dayIn(until),
  }),
  unreadable('bad_licence', '执照证书写法不对，请写成“名称/编号/自/至”，多项用分号隔开。'),
);
const readers = {
  insurer: textReader(Insurance.shape.insurer),
  number: textReader(Insurance.shape.number),
};

type Cells = ReturnType<typeof cellsReader<PaperColumn>>;

const readInsurance = ({ optional, tell, problems }: Cells): Insurance | undefined => {
  const before = problems.length;
  const insurer = optional('insurer', readers.insurer);
  const number = optional('policyNumber', readers.number);
  const from = optional('insuredFrom', readPaperDate);
  const until = optional('insuredUntil', readPaperDate);
  if (insurer !== undefined && number !== undefined && from !== undefined && until !== undefined) {
    return { insurer, number, from, until };
  }
  if (problems.length === before && (insurer ?? number ?? from ?? until) !== undefined) {
    tell('insurer', unreadable('half_an_insurance', '保险公司、保单号、保险自、保险至要一起填，或都不填。'));
  }
  return undefined;
};

const readRecordCheck = ({ optional, tell }: Cells): Volunteering['recordCheck'] => {
  const on = optional('recordCheckedOn', readPaperDate);
  const result = optional('recordResult', readResult);
  const until = optional('recordUntil', readPaperDate);
  if (on === undefined) {
    if ((result ?? until) !== undefined) {
      tell('recordResult', unreadable('papers_without_date', '核查结果和有效期要和核查日期一起填。'));
    }
    return undefined;
  }
  return { isPassed: result !== 'failed', on, ...(until === undefined ? {} : { until }) };
};

/** A volunteer's papers; undefined where there are none. A state goes with a day: its own, or that of a paper. */
export const readPapers = (cells: Cells): Volunteering | undefined => {
  const { optional, tell, problems } = cells;
  const before = problems.length;
  const state = optional('volunteerState', readState);
  const recordCheck = readRecordCheck(cells);
  const trained = optional('trainedOn', readPaperDate);
  const stateSince = optional('stateSince', readPaperDate);
  const pausedUntil = optional('pausedUntil', readPaperDate);
  const records = optional('trainings', readTrainings);
  const licences = optional('licences', readLicences);
  const insurance = readInsurance(cells);
  const since = stateSince ?? trained ?? recordCheck?.on;
  if (state !== undefined && since !== undefined) {
    return {
      state,
      since,
      ...(pausedUntil === undefined ? {} : { pausedUntil }),
      ...(recordCheck === undefined ? {} : { recordCheck }),
      trainings: [...(trained === undefined ? [] : [{ ...BASE_COURSE, on: trained }]), ...(records ?? [])],
      licences: licences ?? [],
      ...(insurance === undefined ? {} : { insurance }),
    };
  }
  const isAnything = [state, since, pausedUntil, records, licences, insurance].some(
    (value) => value !== undefined,
  );
  if (problems.length === before && isAnything) {
    tell(
      'volunteerState',
      unreadable('papers_without_date', '志愿者状态要和状态日期、核查日期或培训日期一起填，或都不填。'),
    );
  }
  return undefined;
};

/** The cells of a volunteer's papers. */
export const paperCells = (papers: Volunteering | undefined): Record<PaperColumn, string> => {
  const { recordCheck, insurance, trainings = [], licences = [] } = papers ?? {};
  return {
    volunteerState: papers === undefined ? '' : wordOf(volunteerWords, papers.state),
    recordCheckedOn: recordCheck?.on ?? '',
    trainedOn: '',
    stateSince: papers?.since ?? '',
    pausedUntil: papers?.pausedUntil ?? '',
    recordResult:
      recordCheck === undefined ? '' : wordOf(resultWords, recordCheck.isPassed ? 'passed' : 'failed'),
    recordUntil: recordCheck?.until ?? '',
    trainings: recordsText(trainings.map(({ course, minutes, on, until }) => [course, minutes, on, until])),
    licences: recordsText(licences.map(({ name, number, from, until }) => [name, number, from, until])),
    insurer: insurance?.insurer ?? '',
    policyNumber: insurance?.number ?? '',
    insuredFrom: insurance?.from ?? '',
    insuredUntil: insurance?.until ?? '',
  };
};
