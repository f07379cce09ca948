# `script/bench` builds these; nothing else does.
add_executable(kith_bench_fill EXCLUDE_FROM_ALL bench/fill.cpp)
target_link_libraries(kith_bench_fill PRIVATE kith_lib)
add_executable(kith_bench_streams EXCLUDE_FROM_ALL bench/streams.cpp)
