# harrier_room(NAME SOURCES … [TESTS …] [USES rooms…] [LIBRARIES outside…] [TEST_LIBRARIES …] [ALONE sources…] [HOT])
#
# One static library per room. USES is the room's line in the include table of docs/architecture.md; LIBRARIES are
# the outside libraries that this room alone touches, hence PRIVATE. Its tests make one program, ${name}_test, and the
# target unit_tests builds all of these.
#
# All presets but dev compile several sources at once (unity builds), since reading the headers is most of the work.
# ALONE lists those that define a name of their own which another file of the room defines too.
#
# HOT rooms are optimised a little under the sanitizers as well: their tests feed them megabytes.
function(harrier_room name)
    cmake_parse_arguments(ROOM "HOT" "" "SOURCES;TESTS;USES;LIBRARIES;TEST_LIBRARIES;ALONE" ${ARGN})
    set_source_files_properties(${ROOM_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    add_library(harrier_${name} STATIC ${ROOM_SOURCES})
    list(TRANSFORM ROOM_USES PREPEND harrier_)
    target_link_libraries(harrier_${name} PUBLIC ${ROOM_USES} PRIVATE harrier_flags ${ROOM_LIBRARIES})
    target_include_directories(harrier_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    if(ROOM_HOT AND HARRIER_SANITIZE)
        target_compile_options(harrier_${name} PRIVATE -O1)
    endif()

    if(HARRIER_UNIT_TESTS AND ROOM_TESTS)
        add_executable(${name}_test ${ROOM_TESTS})
        target_link_libraries(${name}_test PRIVATE harrier_${name} harrier_flags ${ROOM_TEST_LIBRARIES}
                                                   GTest::gmock GTest::gtest_main)
        target_include_directories(${name}_test PRIVATE "${CMAKE_SOURCE_DIR}")
        set_target_properties(${name}_test PROPERTIES HARRIER_IS_TEST ON)
        gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60 PROPERTIES LABELS unit)
        add_dependencies(unit_tests ${name}_test)
    endif()
endfunction()
