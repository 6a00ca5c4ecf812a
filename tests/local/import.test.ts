import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Folder, aFolder, endAll, runImport, send, signIn, start } from './commands.ts';

const demo = join(import.meta.dirname, '../../functions/local/demo/people.csv');

let folder: Folder;
beforeEach(() => {
  folder = aFolder();
});
afterEach(() => {
  endAll();
  folder.remove();
});

/** A file of the folder, in the encoding that Excel writes in China. */
const aFile = (name: string, text: string, encoding: 'utf8' | 'gb18030' = 'utf8'): string => {
  const file = join(folder.dataDir, name);
  writeFileSync(file, encoding === 'utf8' ? text : iconv.encode(text, encoding));
  return file;
};

const head = '姓名,电话,出生日期,性别,社区代码,地址,语言,身份,技能,空闲时间,居住状况,能力等级\r\n';
const good =
  "钱桂兰,10055550001,1946/3/8,女,'341302001003,梧桐里1号楼2单元302室,普通话;皖北话,居民,,,独居,轻度失能\r\n";

describe('npm run import', { timeout: 120_000 }, () => {
  it('rehearses, takes the demo in, and changes nothing the second time', async () => {
    // The first start of an empty folder enters the register of regions.
    await (await start(folder.environment)).interrupt();
    const rehearsal = await runImport([demo, '--dry-run'], folder.environment);
    expect(rehearsal).toMatchObject({
      code: 0,
      output: expect.stringContaining('432 would be added, 0 unchanged'),
    });
    const first = await runImport([demo], folder.environment);
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('432 added, 0 unchanged') });
    const second = await runImport([demo], folder.environment);
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('0 added, 432 unchanged') });
  });

  it('goes through the engine of a service that runs, and reads what Excel writes', async () => {
    const service = await start(folder.environment);
    const file = aFile('excel.csv', head + good.replace('居民', '协调员'), 'gb18030');
    expect((await runImport([file], folder.environment)).code).toBe(0);
    const token = await signIn(service.url, '10055550001');
    expect((await send(service.url, '/api/me', { token })).body).toMatchObject({
      member: { name: '钱桂兰', birthDate: '1946-03-08', communityCode: '341302001003' },
    });
    await service.interrupt();
  });

  it('lists every bad row with line, column and reason, and writes nothing at all', async () => {
    await (await start(folder.environment)).interrupt();
    const bad = aFile(
      'bad.csv',
      `${head}${good}孙某,12,1946-13-08,女,341302001003,某处,普通话,居民,,,独居,0\r\n`,
    );
    const refused = await runImport([bad], folder.environment);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/第 3 行「电话」.*\(bad_phone\)/);
    expect(refused.output).toMatch(/第 3 行「出生日期」.*\(bad_birth_date\)/);
    const unknown = aFile(
      'unknown.csv',
      head + good + good.replace('10055550001', '10055550002').replace('341302001003', '341302001999'),
    );
    const nowhere = await runImport([unknown], folder.environment);
    expect(nowhere).toMatchObject({
      code: 1,
      output: expect.stringMatching(/第 3 行「社区代码」.*\(unknown_region\)/),
    });
    const fine = await runImport([aFile('fine.csv', head + good), '--dry-run'], folder.environment);
    expect(fine.output).toContain('1 would be added, 0 unchanged');
  });

  it("refuses somebody who is there with other particulars, and a number that is somebody else's", async () => {
    await (await start(folder.environment)).interrupt();
    await runImport([aFile('first.csv', head + good)], folder.environment);
    const moved = await runImport(
      [aFile('moved.csv', head + good.replace('梧桐里1', '柿园2'))],
      folder.environment,
    );
    expect(moved).toMatchObject({ code: 1, output: expect.stringContaining('(conflicting_person)') });
    const other = await runImport(
      [aFile('other.csv', head + good.replace('钱桂兰', '孙桂兰'))],
      folder.environment,
    );
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining('(phone_taken)') });
  });

  it('takes a register of regions in, and says how it is used', async () => {
    const regions = aFile(
      'regions.csv',
      '代码,名称\r\n34,安徽省\r\n3413,宿州市\r\n341322,萧县\r\n341322100,龙城镇\r\n341322100001,某社区\r\n',
    );
    const first = await runImport([regions, '--regions'], folder.environment);
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('5 added, 0 unchanged') });
    const second = await runImport([regions, '--regions'], folder.environment);
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('0 added, 5 unchanged') });
    expect(await runImport([], folder.environment)).toMatchObject({
      code: 1,
      output: expect.stringContaining('Usage: npm run import'),
    });
    expect(await runImport([join(folder.dataDir, 'none.csv')], folder.environment)).toMatchObject({
      code: 1,
    });
    expect(readFileSync(regions, 'utf8')).toContain('萧县');
  });
});
