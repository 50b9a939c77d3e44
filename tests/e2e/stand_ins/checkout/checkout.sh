#!/usr/bin/env bash
# As actions/checkout does: without REF, what the event stands for; for a pull request, its merge.
set -euo pipefail

mkdir -p "$TARGET"
cd "$TARGET"
git init -q
git remote add origin "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git"
if [ -n "$PATTERNS" ]; then
  mode=--cone
  if [ "$CONE" = false ]; then mode=--no-cone; fi
  git sparse-checkout set "$mode" "$PATTERNS"
fi

if [ -z "$REF" ] && [[ "$GITHUB_REF" == refs/pull/*/merge ]]; then
  # The sandbox keeps no merge of an open pull request, so it is made here.
  git fetch -q origin "$GITHUB_BASE_REF:base" "${GITHUB_REF%/merge}/head:proposed"
  git checkout -q base
  git -c user.name=GitHub -c user.email=noreply@github.com merge -q --no-edit proposed
else
  git fetch -q origin "${REF:-$GITHUB_REF}"
  git checkout -q FETCH_HEAD
fi
git --no-pager log -1 --format='checked out %H'
