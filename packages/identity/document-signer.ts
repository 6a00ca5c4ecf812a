/**
 * Documents of hours that leave one bank for another: compact JWS (RFC 7515), EdDSA over Ed25519 (RFC 8037). The key's
 * name says which bank signed; a bank's key signs in that bank's name only.
 */
import { HoursDocument, SignedDocument } from '@time-bank/contracts/closing';
import { CompactSign, type JWK, compactVerify, errors, importJWK } from 'jose';

const ALGORITHM = 'EdDSA';
const TYPE = 'tb-hours+jws';

/** A bank whose documents are believed: what it is called, and its public key (RFC 8037) under the key's name. */
export interface KnownBank {
  bank: string;
  kid: string;
  key: JWK;
}

/** Reading needs the public part alone, whatever was given. */
const withoutSecret = ({ bank, kid, key: { d: _secret, ...key } }: KnownBank): KnownBank => ({
  bank,
  kid,
  key,
});

/** Signs and reads documents. `own`: this bank, with its private key. `known`: the other banks. */
export const documentSigner = (own: KnownBank, known: readonly KnownBank[] = []) => {
  const banks = new Map([...known, own].map((each) => [each.kid, withoutSecret(each)]));
  return {
    bank: own.bank,
    sign: async (hours: HoursDocument): Promise<SignedDocument> => {
      const payload = new TextEncoder().encode(JSON.stringify(HoursDocument.parse(hours)));
      return SignedDocument.parse(
        await new CompactSign(payload)
          .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: own.kid })
          .sign(await importJWK(own.key, ALGORITHM)),
      );
    },
    verify: async (signed: SignedDocument): Promise<HoursDocument | undefined> => {
      let bank: KnownBank | undefined;
      try {
        const { payload, protectedHeader } = await compactVerify(
          signed,
          ({ kid = '' }) => {
            bank = banks.get(kid);
            if (bank === undefined) throw new errors.JWKSNoMatchingKey();
            return importJWK(bank.key, ALGORITHM);
          },
          { algorithms: [ALGORITHM] },
        );
        if (protectedHeader.typ !== TYPE) return undefined;
        const said: unknown = JSON.parse(new TextDecoder().decode(payload));
        const hours = HoursDocument.safeParse(said);
        return hours.success && hours.data.bank === bank?.bank ? hours.data : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
  };
};
