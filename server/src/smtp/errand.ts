/** What a session is for. Only `send` delivers anything. */
export type Errand =
  | {
      readonly kind: 'send';
      /** A mailbox that `isMailbox` accepts. */
      readonly to: string;
      /** The message as composed; line ends and dots are seen to on the wire. */
      readonly message: Uint8Array;
    }
  | {
      /** Up to RCPT TO, then these questions, then RSET. */
      readonly kind: 'probe';
      readonly to: string;
      /** A recipient elsewhere: does the server relay? */
      readonly outsideRecipient: string | undefined;
      /** Another user as the sender, as SharePoint has it for access requests. */
      readonly otherSender: string | undefined;
    }
  /** What the server offers; no login, no envelope. */
  | { readonly kind: 'look' };
