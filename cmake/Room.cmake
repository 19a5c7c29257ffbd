# harrier_room(NAME SOURCES … [TESTS …] [USES rooms…] [LIBRARIES outside…] [TEST_LIBRARIES …] [ALONE sources…] [SOAK filter] [HOT])
#
# One static library per room. USES is the room's line in the include table of docs/architecture.md; LIBRARIES are
# the outside libraries that this room alone touches, hence PRIVATE. Its tests make one program, ${name}_test, and the
# target unit_tests builds all of these.
#
# All presets but dev compile several sources at once (unity builds), since reading the headers is most of the work.
# ALONE lists those that define a name of their own which another file of the room defines too.
#
# SOAK names tests (as --gtest_filter does) that do far more when HARRIER_SOAK is set. `./check --soak` runs them so,
# under the label "soak"; else they do what fits into a check.
#
# HOT rooms are optimised a little under the sanitizers as well: their tests feed them megabytes.
function(harrier_room name)
    cmake_parse_arguments(ROOM "HOT" "SOAK" "SOURCES;TESTS;USES;LIBRARIES;TEST_LIBRARIES;ALONE" ${ARGN})
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
        if(ROOM_SOAK)
            gtest_discover_tests(${name}_test TEST_PREFIX "soak.${name}." TEST_FILTER "${ROOM_SOAK}"
                                 TEST_LIST ${name}_soak DISCOVERY_TIMEOUT 60
                                 PROPERTIES LABELS soak ENVIRONMENT HARRIER_SOAK=1 TIMEOUT 3600)
        endif()
        add_dependencies(unit_tests ${name}_test)
    endif()
endfunction()
