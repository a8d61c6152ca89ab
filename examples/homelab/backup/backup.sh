#!/bin/sh
set -eu
. "$(dirname "$0")/.env"
exec docker run --rm -v /srv:/srv:ro "$RESTIC_IMAGE" -r "$RESTIC_REPOSITORY" backup /srv
