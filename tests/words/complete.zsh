# complete.zsh - a real zsh on a terminal of its own: WORK (holds _rohnamo), FOLDER, LINE -> what completion makes of the last word.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; cd $2; fpath=($1 \$fpath); autoload -U compinit; compinit -u -d $1/zcompdump; zstyle ':completion:*' list-colors; unsetopt beep; echo READ''Y"
while zpty -r shell line; do [[ $line = *READY* ]] && break; done
# The line as it stands after a tab is printed by a widget.
zpty -w shell "show () { print -r -- \"LINE=[\$BUFFER]\"; zle kill-whole-line }; zle -N show; bindkey '^Xs' show; echo READ''Y"
while zpty -r shell line; do [[ $line = *READY* ]] && break; done
zpty -n -w shell "$3"$'\t\C-xs'
while zpty -r shell line; do
	[[ $line = *LINE=\[*\]* ]] || continue
	line=${line##*LINE=\[}; line=${line%%\]*}
	print -r -- ${${=line}[-1]}
	break
done
zpty -d shell
