import { join } from 'node:path';
import { buildWeb } from './build.ts';

await buildWeb(join(import.meta.dirname, 'dist'));
