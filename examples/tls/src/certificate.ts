import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// For development, on a machine that has Node and perhaps no OpenSSL. In production the certificate comes from a
// certificate authority, and nothing of this file is needed.

const DAY = 24 * 60 * 60 * 1000;

/** A key and a certificate that it has signed itself, as PEM, for localhost. */
export function selfSigned(days = 365): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(OID.ecdsaWithSha256);
  const name = sequence(der(0x31, sequence(OID.commonName, der(0x0c, Buffer.from('localhost')))));
  const now = Date.now();
  // The parts of RFC 5280 4.1, one a line.
  const certificate = sequence(
    der(0xa0, der(0x02, Buffer.of(2))), // version 3
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])), // serial number
    ecdsaWithSha256,
    name, // issuer
    sequence(utcTime(now - DAY), utcTime(now + days * DAY)),
    name, // subject
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(OID.subjectAltName, der(0x04, HOSTS)))),
  );
  const signature = sign('sha256', certificate, privateKey);
  const cert = sequence(certificate, ecdsaWithSha256, der(0x03, Buffer.of(0), signature));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(cert) };
}

/** A value in DER: its tag, its length, and what it is made of. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** `YYMMDDhhmmssZ` */
function utcTime(time: number): Buffer {
  const digits = new Date(time).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines.trimEnd()}\n-----END CERTIFICATE-----\n`;
}

const OID = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'), // 1.2.840.10045.4.3.2
  commonName: Buffer.from('0603550403', 'hex'), // 2.5.4.3
  subjectAltName: Buffer.from('0603551d11', 'hex'), // 2.5.29.17
};

/** What browsers look at: the name, 127.0.0.1 and ::1. */
const HOSTS = sequence(
  der(0x82, Buffer.from('localhost')),
  der(0x87, Buffer.of(127, 0, 0, 1)),
  der(0x87, Buffer.concat([Buffer.alloc(15), Buffer.of(1)])),
);

// `node dist/certificate.js` makes the two files that the application reads, once.
if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '..');
  if (!existsSync(join(root, 'key.pem'))) {
    const { key, cert } = selfSigned();
    writeFileSync(join(root, 'cert.pem'), cert);
    writeFileSync(join(root, 'key.pem'), key, { mode: 0o600 });
  }
}
