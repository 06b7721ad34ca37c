import type { Plan } from '../smtp/plan.ts';
import { inComment, quoted } from './quote.ts';

/**
 * A script for Windows PowerShell on a SharePoint server that sends the test email of a plan from there, with
 * System.Net.Mail.SmtpClient, as SharePoint 2016 and later do. It holds no password: where there is a login it asks for it.
 */
export function testEmailScript(plan: Plan, to: string): string {
  const { host, port, tls, login, clientCertificate, from, replyTo, charset, title } = plan;
  const lines = [
    `# Repeats the test email for ${inComment(title)} from this server, as SharePoint would send it.`,
    '# Run it in Windows PowerShell on each server of the farm: a mail server may relay for one and not for another.',
    '# It changes nothing on the farm and asks for the password where there is a login; it holds none.',
    "$ErrorActionPreference = 'Stop'",
    '',
    `$smtpServer = ${quoted(host)}`,
    `$port = ${port}`,
    '# Can this server find the mail server and reach its port?',
    'Resolve-DnsName -Name $smtpServer -ErrorAction Continue | Format-Table -AutoSize',
    'Test-NetConnection -ComputerName $smtpServer -Port $port | Format-List RemoteAddress, RemotePort, TcpTestSucceeded',
    '',
    `$message = New-Object System.Net.Mail.MailMessage(${quoted(from)}, ${quoted(to)})`,
    ...(replyTo === undefined ? [] : [`$message.ReplyToList.Add(${quoted(replyTo)})`]),
    `$message.Subject = ${quoted(`Farm Email test: ${title}`)} + " from $env:COMPUTERNAME"`,
    `$message.Body = ${quoted(`A test email of the outgoing email settings for ${title}.`)}`,
    `$encoding = [System.Text.Encoding]::GetEncoding(${charset.number})`,
    '$message.SubjectEncoding = $encoding',
    '$message.BodyEncoding = $encoding',
    '',
    '$client = New-Object System.Net.Mail.SmtpClient($smtpServer, $port)',
    tls
      ? '# STARTTLS or nothing: with EnableSsl this client never sends in clear text, and it does not speak implicit TLS.'
      : '# The settings turn TLS off: everything travels in clear text.',
    `$client.EnableSsl = $${tls}`,
    '$client.UseDefaultCredentials = $false',
    ...(login === undefined
      ? []
      : [
          `$credential = Get-Credential -UserName ${quoted(login.userName)} -Message ${quoted(`Password for ${host}`)}`,
          '$client.Credentials = $credential.GetNetworkCredential()',
        ]),
    ...(clientCertificate === undefined ? [] : certificateLines(clientCertificate.name)),
    'try {',
    '  $client.Send($message)',
    "  Write-Host 'Accepted by the mail server.'",
    '} catch {',
    '  # The reply of the mail server stands in the innermost error.',
    '  for ($e = $_.Exception; $e; $e = $e.InnerException) { Write-Host $e.Message }',
    '} finally {',
    '  $message.Dispose()',
    '  $client.Dispose()',
    '}',
    '# What this does not prove: that the message arrives in the mailbox, that the timer service and the application pools',
    '# (which run as other accounts) may use the certificate, and that the farm holds the same settings as the file.',
    '',
  ];
  return lines.join('\r\n');
}

/** The certificate of the computer's store whose friendly name or subject is the one that the settings name. */
function certificateLines(name: string): readonly string[] {
  return [
    `$name = ${quoted(name)}`,
    '$certificate = Get-ChildItem Cert:\\LocalMachine -Recurse |',
    '  Where-Object { $_.HasPrivateKey -and ($_.FriendlyName -eq $name -or $_.Subject -eq $name) } | Select-Object -First 1',
    'if (-not $certificate) { throw "No certificate with a private key is called $name in the stores of this computer." }',
    '[void]$client.ClientCertificates.Add($certificate)',
  ];
}
