import { useWords } from '../language.tsx';

/** A number as people in China read it: without the country's code. */
export const spokenPhone = (phone: string): string => phone.replace(/^\+86/, '');

/** A telephone number that calls when it is pressed. */
export const PhoneLink = ({ phone }: { phone: string }) => (
  <a class="button" href={`tel:${phone}`}>
    {useWords().call(spokenPhone(phone))}
  </a>
);
