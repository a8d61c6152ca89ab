/** Projects as people write them, by what is special about them: files by path, read from `compose.yml`. */
export const composeProjects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "plain, quoted and flow style": {
    "compose.yml": `services:
  a:
    image: redis:7.2 # cache
  b: { image: "postgres:16", restart: always }
  "c.d":
        image:   'nginx:1.27'
`,
  },
  "anchors, aliases and merge keys": {
    "compose.yml": `x-image: &image ghcr.io/team/web:1.2.3
x-base: &base
  image: *image
  restart: always
services:
  web:
    <<: *base
  worker:
    <<: [*base, { image: other:1 }]
  own:
    <<: *base
    image: own:2
`,
  },
  "a service that extends another of the same file, and of another file": {
    "compose.yml": `services:
  base:
    image: redis:7
  a:
    extends: base
  b:
    extends: { service: base }
    image: redis:8
  c:
    extends:
      file: shared/common.yml
      service: web
`,
    "shared/common.yml": `services:
  web:
    extends: parent
  parent:
    image: nginx:\${TAG:-1.27}
`,
    ".env": "TAG=1.28\n",
  },
  "included files with their own .env": {
    "compose.yml": `include:
  - other/compose.yml
  - path: third/compose.yml
    env_file: third/settings.env
services:
  a:
    image: a:\${TAG}
`,
    ".env": "TAG=1\n",
    "other/compose.yml": "services:\n  b:\n    image: b:${TAG}\n",
    "other/.env": "TAG=2\nOTHER=3\n",
    "third/compose.yml": "services:\n  c:\n    image: c:${THIRD}\n",
    "third/settings.env": "THIRD=3\n",
  },
  "all forms of variables": {
    "compose.yml": `services:
  a: { image: "redis:$TAG" }
  b: { image: "redis:\${TAG}" }
  c: { image: "redis:\${ABSENT:-7.1}" }
  d: { image: "redis:\${EMPTY:-7.2}" }
  e: { image: "redis:\${EMPTY-7.3}" }
  f: { image: "\${REPOSITORY:-redis}:\${TAG:?needed}" }
  g: { image: "redis:\${ABSENT:-\${TAG:-1}}" }
  h: { image: "redis:\${TAG:+set}" }
  i: { image: "a$$b" }
`,
    ".env": "TAG=7\nEMPTY=\n",
  },
  "a .env of every kind of line": {
    "compose.yml": `services:
  a: { image: "\${A}/\${B}/\${C}/\${D}/\${E}/\${F}/\${G}/\${H}" }
`,
    ".env": `\uFEFF# settings
A=plain
export B=exported
C="double quoted"   # comment
D='single $A'
E=hash#inside # comment

F=from-\${A}
G="nested \${C}"
A_=unused
H=1
H=2
`,
  },
  "Windows line ends and a byte-order mark": {
    "compose.yml": "\uFEFFservices:\r\n  a:\r\n    image: redis:${TAG}\r\n",
    ".env": "TAG=7\r\nOTHER=1\r\n",
  },
  "a service that is built, with and without a name for what it builds": {
    "compose.yml": `services:
  a:
    build: .
  b:
    build: .
    image: mine:1
`,
  },
  profiles: {
    "compose.yml": `services:
  a:
    image: a:1
    profiles: [never]
  b:
    image: b:1
`,
  },
  "texts over several lines": {
    "compose.yml": `services:
  a:
    image: >-
      redis:7
  b:
    image: |-
      redis:8
  c:
    image: "re\\
      dis:9"
`,
  },
};
