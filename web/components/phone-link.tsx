import { useWords } from '../language.tsx';

/** A number as people in China read it: without the country's code. */
export const spokenPhone = (phone: string): string => phone.replace(/^\+86/, '');

/** A telephone number that calls when it is pressed. */
export const PhoneLink = ({ phone }: { phone: string }) => (
  <a class="button" href={`tel:${phone}`}>
    <span class="number">{useWords().call(spokenPhone(phone))}</span>
  </a>
);

/** The same in a line of a list, with the name of whoever answers. */
export const PhoneInLine = ({ name, phone }: { name: string; phone: string }) => (
  <a class="phone" href={`tel:${phone}`} aria-label={`${name}, ${useWords().call(spokenPhone(phone))}`}>
    {name} <span class="number">{spokenPhone(phone)}</span>
  </a>
);
