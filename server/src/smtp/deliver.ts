import type { Transport } from 'nodemailer';
import type { TestMessage } from './message.ts';
import type { Plan } from './plan.ts';

export interface Delivery<T> {
  readonly plan: Plan;
  /** A mailbox that `isMailbox` accepts. */
  readonly to: string;
  readonly message: TestMessage;
  readonly date: Date;
  /** Carries the composed message to the server. */
  readonly session: (composed: Uint8Array) => Promise<T>;
}

/**
 * Has nodemailer compose the message, and our session deliver it as nodemailer's transport. nodemailer is loaded here,
 * at the first send, and nowhere else.
 */
export async function deliver<T>({ plan, to, message, date, session }: Delivery<T>): Promise<T> {
  // Not the whole package: its own SMTP, pools and services would be half of what is loaded.
  const { default: Mailer } = await import('nodemailer/lib/mailer');
  let result: { readonly value: T } | undefined;
  const transport: Transport = {
    name: 'farm-email',
    version: '1',
    send(mail, callback) {
      // nodemailer takes only strings without control characters for 7-bit text, and ISO-2022 has them.
      if (message.transferEncoding === '7bit') mail.message.getTransferEncoding = () => '7bit';
      mail.message.build((error, composed) => {
        if (error) return callback(error, undefined);
        session(composed).then(
          (value) => {
            result = { value };
            callback(null, undefined);
          },
          (reason: unknown) => callback(reason instanceof Error ? reason : new Error(String(reason)), undefined),
        );
      });
    },
  };
  await new Mailer(transport).sendMail({
    from: { name: '', address: plan.from },
    to: { name: '', address: to },
    ...(plan.replyTo === undefined ? {} : { replyTo: { name: '', address: plan.replyTo } }),
    date,
    messageId: `<${crypto.randomUUID()}@${plan.from.slice(plan.from.indexOf('@') + 1)}>`,
    headers: {
      // As `subject`, nodemailer would write it in UTF-8.
      Subject: { prepared: true, value: message.subjectHeader },
      'Auto-Submitted': 'auto-generated',
    },
    // As `text`, nodemailer would label it UTF-8 whatever it is.
    alternatives: [
      {
        content: Buffer.from(message.body),
        contentType: message.contentType,
        contentTransferEncoding: message.transferEncoding,
      },
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  if (!result) throw new Error('nodemailer answered without calling its transport.');
  return result.value;
}
