/**
 * The planner in a process of its own, so that time and memory are its own: reads a town from a file, writes the pairs
 * to another, prints what it took, in seconds of the core. `node run-planner.ts <town file> <plan file>`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { planWeek } from '@time-bank/matching/week-plan';
import { readTownFile } from './town-file.ts';

const [townPath = '', planPath = ''] = process.argv.slice(2);
const problem = readTownFile(readFileSync(townPath, 'utf8'));
const before = process.cpuUsage();
const plan = planWeek(problem);
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1e6;
writeFileSync(planPath, JSON.stringify(plan.pairs));
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, peakMiB, figures: plan.figures }));
