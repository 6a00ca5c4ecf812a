/**
 * The planner in a process of its own, so that time and memory are its own: reads a town from a file, writes the pairs
 * to another, prints what it took. `node run-planner.ts <town file> <plan file>`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { planWeek } from '@time-bank/matching/week-plan';
import { readTownFile } from './town-file.ts';

const [townPath = '', planPath = ''] = process.argv.slice(2);
const problem = readTownFile(readFileSync(townPath, 'utf8'));
const began = performance.now();
const plan = planWeek(problem);
const seconds = (performance.now() - began) / 1000;
if (plan === undefined) throw new Error('the planner gave no plan, though nobody stopped it');
writeFileSync(planPath, JSON.stringify(plan.pairs));
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, peakMiB, figures: plan.figures }));
