import { type Command, UsageError } from './command.ts';

/** What each shell is told: it asks `farm-email complete` with the line so far, and leaves files to itself. */
const scripts = {
  bash: `_farm_email() {
  local line="\${COMP_LINE:0:COMP_POINT}" answer word prefix
  word="\${line##*[[:space:]]}"
  # Bash completes from the last of these on.
  prefix="\${word%"\${word##*[:=]}"}"
  COMPREPLY=()
  while IFS= read -r answer; do
    if [[ $answer == :files ]]; then
      compopt -o default
      return
    fi
    answer="\${answer%%$'\\t'*}"
    COMPREPLY+=("\${answer#"$prefix"}")
  done < <(farm-email complete "$line" 2>/dev/null)
}
complete -F _farm_email farm-email
`,
  zsh: `#compdef farm-email
_farm_email() {
  local -a answers described
  local answer
  answers=("\${(@f)$(farm-email complete "\${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
  if [[ $answers[1] == :files ]]; then
    _files
    return
  fi
  for answer in $answers; do
    described+=("\${\${answer%%$'\\t'*}//:/\\\\:}:\${answer#*$'\\t'}")
  done
  _describe farm-email described
}
if [[ $funcstack[1] == _farm_email ]]; then
  _farm_email "$@"
else
  compdef _farm_email farm-email
fi
`,
  fish: `function __farm_email_complete
    set -l answers (farm-email complete (commandline -cp | string collect) 2>/dev/null)
    if test "$answers[1]" = :files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $answers
    end
end
complete -c farm-email -f -a '(__farm_email_complete)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName farm-email -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.Text.PadRight($length).Substring(0, $length)
    foreach ($answer in @(farm-email complete $line 2>$null)) {
        if ($answer -eq ':files') { return }
        $word, $meaning = $answer -split "\`t", 2
        if (-not $meaning) { $meaning = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
    }
}
`,
} as const;

export const shells = Object.keys(scripts) as readonly (keyof typeof scripts)[];

export const completion: Command = {
  usage: `farm-email completion ${shells.join(' | ')}`,
  summary: 'the script that lets a shell complete commands, options, rules and web applications',
  help: `Prints the script. To have it in every shell:

  bash         source <(farm-email completion bash)                        in ~/.bashrc
  zsh          source <(farm-email completion zsh)                         in ~/.zshrc, below compinit
  fish         farm-email completion fish > ~/.config/fish/completions/farm-email.fish
  powershell   farm-email completion powershell | Out-String | Invoke-Expression    in $PROFILE`,
  options: {},
  operands: shells,

  async run([shell, ...others], { stdout }) {
    const known = shells.find((each) => each === shell);
    if (known === undefined || others.length > 0) {
      throw new UsageError(shell === undefined ? 'one shell is wanted' : `one shell of ${shells.join(', ')} is wanted`);
    }
    stdout.write(scripts[known]);
    return 0;
  },
};
