DROP INDEX frequency_skeleton;
