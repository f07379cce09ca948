# What the binary carries: migrations, words, and the built web assets, as generated/embedded.{S,cpp}.
set(KITH_GENERATED ${CMAKE_BINARY_DIR}/generated)
set(KITH_EMBEDDED ${KITH_GENERATED}/embedded.S ${KITH_GENERATED}/embedded.cpp)
enable_language(ASM)

file(GLOB embed_schema CONFIGURE_DEPENDS schema/[0-9]*.sql)
file(GLOB embed_rules CONFIGURE_DEPENDS rules/*.rules.toml)
file(GLOB embed_words CONFIGURE_DEPENDS lang/*.po)
find_file(BREACHED_PASSWORDS password.lst PATHS /usr/share/john REQUIRED)  # Debian package john-data
find_file(GUESSED_WORDS cracklib-small PATHS /usr/share/dict REQUIRED)  # Debian package cracklib-runtime
file(GLOB_RECURSE embed_web CONFIGURE_DEPENDS web/css/* web/ts/* web/worker/* web/icons/* web/static/*)

find_program(NODE NAMES node nodejs REQUIRED)
find_program(MSGFMT msgfmt REQUIRED)
find_program(RSVG_CONVERT rsvg-convert REQUIRED)  # called by web/build.mjs

set(embed_mo)
foreach(po ${embed_words})
  get_filename_component(lang ${po} NAME_WE)
  set(mo ${KITH_GENERATED}/${lang}.mo)
  add_custom_command(OUTPUT ${mo} COMMAND ${MSGFMT} --no-hash -o ${mo} ${po} DEPENDS ${po})
  list(APPEND embed_mo ${mo})
endforeach()

file(MAKE_DIRECTORY ${KITH_GENERATED})
add_custom_command(
  OUTPUT ${KITH_GENERATED}/web/manifest.json
  COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/build.mjs ${KITH_GENERATED}/web
  DEPENDS ${embed_web} web/build.mjs web/package.json
  COMMENT "Building the web assets")
add_custom_command(
  OUTPUT ${KITH_EMBEDDED}
  COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/cmake/embed.mjs ${KITH_GENERATED} ${embed_schema} ${embed_rules} ${embed_mo} ${BREACHED_PASSWORDS} ${GUESSED_WORDS}
  DEPENDS ${embed_schema} ${embed_rules} ${embed_mo} ${BREACHED_PASSWORDS} ${GUESSED_WORDS} ${KITH_GENERATED}/web/manifest.json cmake/embed.mjs
  COMMENT "Embedding schema, words and assets")
