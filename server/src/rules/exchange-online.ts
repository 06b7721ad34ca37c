/** True for the host of SMTP AUTH client submission: `smtp.office365.com`, and its old name. */
export function isSubmissionHost(host: string | undefined): boolean {
  return /^smtp(?:-legacy)?\.office365\.com\.?$/i.test(host ?? '');
}

/** True for the host that takes a tenant's mail, to which direct send and a connector relay go. */
export function isMxHost(host: string | undefined): boolean {
  return (host ?? '').length <= 253 && /^[\w-]+(?:\.[\w-]+)*\.mail\.protection\.outlook\.com\.?$/i.test(host ?? '');
}

export function isExchangeOnlineHost(host: string | undefined): boolean {
  return isSubmissionHost(host) || isMxHost(host);
}
