/** Writes `access.md` from the table: `node packages/identity/print-access.ts`. */
import { writeFileSync } from 'node:fs';
import { accessTable } from './access-table.ts';

const words = `# Who may do what

Made from \`rules.ts\` by \`node packages/identity/print-access.ts\`; a test compares the two. \`member\` is everybody who has signed in. Marks: **scope** the part of a binding that a helper needs (a guardian needs none) · **impartial** not in an affair of one's own · **personal** shows or changes what is personal, so not from above the county unless the region's policy says so · **moves** writes into the ledger · **spends** asks for a device that may move hours · **audited** stands in the audit log each time. **Else**: the answer to those whose roles could have the permission but not over this subject, the same as for one that is not there; to all others it is \`not_allowed\`.
`;

writeFileSync(new URL('./access.md', import.meta.url), `${words}\n${accessTable()}\n`);
