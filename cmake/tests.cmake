# kith_tests holds every *_test.cpp; ctest runs it in shards so that both engines and all cores are used.
include(CTest)
find_package(GTest REQUIRED)
file(GLOB_RECURSE suite_sources CONFIGURE_DEPENDS tests/*.cpp)
list(FILTER suite_sources EXCLUDE REGEX "_fuzz\\.cpp$")
add_executable(kith_tests ${test_sources} ${suite_sources})
target_include_directories(kith_tests PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(kith_tests PRIVATE kith_lib GTest::gmock GTest::gtest_main)
target_compile_definitions(kith_tests PRIVATE KITH_SOURCE_DIR="${CMAKE_SOURCE_DIR}" KITH_BINARY="$<TARGET_FILE:kith>")
add_dependencies(kith_tests kith)  # pictures are made by a process of its own

set(shards 6)
math(EXPR last_shard "${shards} - 1")
foreach(i RANGE ${last_shard})
  add_test(NAME unit_${i} COMMAND kith_tests WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(unit_${i} PROPERTIES TIMEOUT 1200
    ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${i}")
endforeach()
# Asked for with KITH_TSAN=1: threads that race.
add_test(NAME tsan COMMAND ${CMAKE_SOURCE_DIR}/build/tsan/kith_tests --gtest_brief=1
  --gtest_filter=-*Plans*:*Mail*:*Markdown*:*Unicode*:*RealArchive*)
set_tests_properties(tsan PROPERTIES TIMEOUT 1200 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_test(NAME lint COMMAND ${CMAKE_SOURCE_DIR}/script/lint)
add_test(NAME browser COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/browser/run.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(browser PROPERTIES TIMEOUT 1800)
add_test(NAME durability COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/durability.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(durability PROPERTIES TIMEOUT 600)
add_test(NAME erasure COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/erasure.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(erasure PROPERTIES TIMEOUT 300)
add_test(NAME import COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/import.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(import PROPERTIES TIMEOUT 900)
add_test(NAME mail COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/mail.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(mail PROPERTIES TIMEOUT 600)
add_test(NAME paging COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/paging.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(paging PROPERTIES TIMEOUT 300)
add_test(NAME outsiders COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/outsiders.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(outsiders PROPERTIES TIMEOUT 900)
add_test(NAME lost_database COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/lost_database.mjs
  ${CMAKE_SOURCE_DIR}/build/release/kith WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(lost_database PROPERTIES TIMEOUT 300)
add_test(NAME package COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/process/package.mjs
  ${CMAKE_SOURCE_DIR}/build/release WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(package PROPERTIES TIMEOUT 300)

if(KITH_FUZZ)
  file(GLOB fuzz_sources CONFIGURE_DEPENDS tests/fuzz/*_fuzz.cpp)
  foreach(source ${fuzz_sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} ${source})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE kith_lib)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endif()
