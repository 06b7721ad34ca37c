import type { Analysis } from '../analysis.ts';
import type { Node } from '../document/node.ts';
import type { Finding } from '../lint/finding.ts';
import { certificateNamed } from '../rules/client-certificates.ts';
import type { PlannedCertificate } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';

/** Rules about what SharePoint wants of a client certificate. */
const wanted = new Set([
  'client-cert-eku',
  'client-cert-key-algorithm',
  'client-cert-key-usage',
  'client-cert-private-key',
  'client-cert-store',
  'client-cert-unreadable',
  'client-cert-unsupported',
]);

/**
 * Why a test with a client certificate would show what SharePoint does not do, or cannot go well: the first error that was
 * found in it. What a comment or the configuration accepts is no reason; nor is what concerns other certificates. The
 * client certificate of a plan without TLS is no matter here: it is not presented at all.
 */
export function clientCertificateRefusal(
  { findings, settings }: Analysis,
  { name }: Pick<PlannedCertificate, 'name'>,
): string | undefined {
  const node = certificateNamed(settings.common.certificates, name)?.name.node.parent;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const found = errors.find(
    (finding) => (wanted.has(finding.rule) || finding.rule === 'client-cert-expired') && concerns(finding, name, node),
  );
  if (found === undefined) return undefined;
  const lead =
    found.rule === 'client-cert-expired'
      ? `The mail server would refuse the certificate “${visible(name)}”`
      : `SharePoint would not present the certificate “${visible(name)}”`;
  return `${lead}. ${found.message}.`;
}

/** It stands inside the certificate, or on a setting that names it. */
function concerns({ node, copies = [] }: Finding, name: string, certificate: Node | undefined): boolean {
  return [node, ...copies].some((each) => {
    if (each?.kind === 'scalar' && each.value === name) return true;
    for (let above: Node | undefined = each; above !== undefined; above = above.parent) {
      if (above === certificate) return true;
    }
    return false;
  });
}
