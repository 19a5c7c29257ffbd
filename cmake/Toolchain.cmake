# Compiler, linker and flags. Warnings and sanitizers reach only our own code, through harrier_flags.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(harrier_flags INTERFACE)
target_compile_options(
    harrier_flags
    INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
              -Werror)
# g++ 12 sees overlapping copies in std::string that are none, once it optimises (GCC bug 105651).
target_compile_options(harrier_flags INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>")
# Of sources that are compiled together all but one look like headers to the compiler; and what one test calls `step`
# is no business of the next.
if(CMAKE_UNITY_BUILD)
    target_compile_options(harrier_flags INTERFACE -Wno-subobject-linkage
                                                   "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:HARRIER_IS_TEST>>>:-Wshadow>")
else()
    target_compile_options(harrier_flags INTERFACE -Wshadow)
endif()
target_include_directories(harrier_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
# A clone elsewhere gives the same objects: better for ccache, and no build paths in the binary.
target_compile_options(harrier_flags INTERFACE "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
    target_link_options(harrier_flags INTERFACE -fuse-ld=mold)
endif()

if(HARRIER_SANITIZE)
    target_compile_options(harrier_flags INTERFACE "-fsanitize=${HARRIER_SANITIZE}" -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer)
    target_link_options(harrier_flags INTERFACE "-fsanitize=${HARRIER_SANITIZE}")
    # Warnings are the business of the other builds; sources compiled together would give false ones.
    target_compile_options(harrier_flags INTERFACE -w)
    # Four checks of every single access, which cost a third of the time to compile: the address sanitizer sees a null
    # pointer and a wrong size by itself, nothing here casts down, and raw bytes are read with memcpy.
    target_compile_options(harrier_flags INTERFACE -fno-sanitize=null,object-size,vptr,alignment)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    target_compile_options(harrier_flags INTERFACE -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE)
    target_link_options(harrier_flags INTERFACE -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()

if(HARRIER_KILLPOINTS)
    target_compile_definitions(harrier_flags INTERFACE HARRIER_KILLPOINTS)
endif()
